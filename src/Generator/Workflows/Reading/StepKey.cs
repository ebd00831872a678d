using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The member of a payload that <c>[Idempotent]</c> names.</summary>
internal sealed record StepKey(IrName Name, IrKind Kind, IrLiteral? Default, bool MayBeNull)
{
    /// <summary>The key of a step; <see langword="null"/> for a step without one, and for one that cannot be a key, which is a finding.</summary>
    public static StepKey? Of(IMethodSymbol method, WorkflowSymbols symbols, Compilation compilation, ImmutableArray<Finding>.Builder? findings, CancellationToken cancellationToken)
    {
        if (WorkflowSymbols.Attribute(method, symbols.IdempotentAttribute) is not { } attribute)
        {
            return null;
        }

        if (Readings.FirstText(attribute) is not { } name)
        {
            findings?.Add(Findings.Of(RuleIdentifiers.IdempotencyKey, Readings.LocationOf(attribute, method, cancellationToken), method.Name, "has [Idempotent] without a member of its payload: a step has neither headers nor a message's id"));
            return null;
        }

        var payload = Readings.TryParameters(method, symbols, out var parameter, out _) ? parameter?.Type : null;
        var property = PropertyOf(payload, name);
        var problem = payload is null ? "has [Idempotent] but no payload: a key is a member of the payload"
            : property is null ? $"has [Idempotent(\"{name}\")], which is no property of its payload '{payload.Name}': use nameof({payload.Name}.Member)"
            : JsonMembers.IsNullable(payload) ? "has [Idempotent] and a payload that may be null: a key is needed for every call, so make the payload non-nullable"
            : JsonMembers.WhyNotReadable(property) is not null ? $"has [Idempotent(\"{name}\")], which engines cannot read from the JSON: use a stored public property"
            : !IsKey(property.Type) ? $"has [Idempotent(\"{name}\")], whose type '{property.Type.Name}' has no text that is the same everywhere: use a string, an integer or a Guid that is not null"
            : null;
        if (problem is not null)
        {
            findings?.Add(Findings.Of(RuleIdentifiers.IdempotencyKey, Readings.LocationOf(attribute, method, cancellationToken), method.Name, problem));
            return null;
        }

        return new StepKey(
            JsonMembers.NameOf(property!),
            JsonMembers.KindOf(property!.Type),
            MemberDefaults.Of(property, compilation, new EnumJson(compilation), cancellationToken) ?? new IrLiteral(IrKind.Null, ""),
            JsonMembers.IsNullable(property.Type));
    }

    private static IPropertySymbol? PropertyOf(ITypeSymbol? type, string name)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                return property;
            }
        }

        return null;
    }

    private static bool IsKey(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        || JsonMembers.KindOf(type) == IrKind.Integer && !JsonMembers.IsNullable(type)
        || type is { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
