using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Retries;

/// <summary>What <c>[Idempotent]</c> names, as symbols: the members that the parsers have accepted.</summary>
/// <param name="Text">The argument of the attribute.</param>
/// <param name="Parts">The members, in the order of the template.</param>
/// <param name="Payload">The type whose members they are; <see langword="null"/> where all are parameters of a request.</param>
/// <param name="At">Where the attribute stands.</param>
internal sealed record IdempotencyKeys(string Text, ImmutableArray<KeyMember> Parts, ITypeSymbol? Payload, Location At)
{
    /// <summary>The key of a function; <see langword="null"/> when it has none of members, or one that is a finding already.</summary>
    public static IdempotencyKeys? OfFunction(IMethodSymbol method, AttributeData attribute, FunctionModel function, CancellationToken cancellationToken) =>
        function.Idempotency is { Source: KeySource.Template } key ? Read(key.Text, method, attribute, function, PayloadOf(method, function, cancellationToken), cancellationToken) : null;

    /// <summary>The key of a step.</summary>
    public static IdempotencyKeys? OfStep(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken) =>
        Readings.FirstText(attribute) is { } name && StepPayloadOf(method) is { } payload && payload.NullableAnnotation != NullableAnnotation.Annotated
            && Read(name, method, attribute, null, payload, cancellationToken) is { Parts: [{ Type: var type }] } key && IsKeyOfStep(type)
            ? key
            : null;

    // As StepKey has it; what else is named is PORT719.
    private static bool IsKeyOfStep(ITypeSymbol type) => type.SpecialType is SpecialType.System_String or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64)
        || type is { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The payload of a step.</summary>
    public static ITypeSymbol? StepPayloadOf(IMethodSymbol step)
    {
        foreach (var parameter in step.Parameters)
        {
            if (parameter.Type is not { Name: "CancellationToken" or "InvocationContext" })
            {
                return parameter.Type;
            }
        }

        return null;
    }

    /// <summary>The type whose members a key of a function names: the payload's, or that of the event where the payload has none of its own.</summary>
    public static ITypeSymbol? PayloadOf(IMethodSymbol method, FunctionModel function, CancellationToken cancellationToken)
    {
        if (function.Trigger is not MessageTriggerModel { Shape.Body: null })
        {
            return FunctionParser.PayloadOf(method, cancellationToken);
        }

        for (var i = 0; i < function.Parameters.Count; i++)
        {
            switch (function.Parameters[i].Source)
            {
                case ParameterSource.Message:
                    return method.Parameters[i].Type;
                case ParameterSource.MessageBatch:
                    return PortableTypes.ElementOf(method.Parameters[i].Type, out _);
            }
        }

        return null;
    }

    private static IdempotencyKeys? Read(string text, IMethodSymbol method, AttributeData attribute, FunctionModel? function, ITypeSymbol? payload, CancellationToken cancellationToken)
    {
        if (KeyTemplate.Parse(text, out _) is not { } names)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<KeyMember>();
        ITypeSymbol? used = null;
        foreach (var name in names)
        {
            var members = name.Split('.');
            var parameter = ParameterOf(members[0], method, function);
            used ??= parameter is null ? payload : null;
            if ((parameter is null ? payload : parameter.Type) is not { } root || Follow(name, root, members, parameter) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }

        return new IdempotencyKeys(text, parts.ToImmutable(), used, Readings.LocationOf(attribute, method, cancellationToken));
    }

    private static IParameterSymbol? ParameterOf(string name, IMethodSymbol method, FunctionModel? function)
    {
        for (var i = 0; function is { Trigger: HttpTriggerModel } && i < function.Parameters.Count; i++)
        {
            if (function.Parameters[i] is { Source: ParameterSource.Route or ParameterSource.Query or ParameterSource.Header } && function.Parameters[i].Name == name)
            {
                return method.Parameters[i];
            }
        }

        return null;
    }

    private static KeyMember? Follow(string text, ITypeSymbol type, string[] names, IParameterSymbol? parameter)
    {
        var path = ImmutableArray.CreateBuilder<ISymbol>();
        if (parameter is not null)
        {
            path.Add(parameter);
        }

        for (var i = parameter is null ? 0 : 1; i < names.Length; i++)
        {
            if (MemberOf(type, names[i]) is not { } member)
            {
                return null;
            }

            path.Add(member);
            type = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
        }

        return new KeyMember(text, path.ToImmutable(), type);
    }

    private static ISymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (var level = KeyMember.WithoutNull(type); level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers(name))
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false })
                {
                    return member;
                }
            }
        }

        return null;
    }
}
