using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery.Validation;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads a method with <c>[Function]</c>. There is a model only when every cloud can be given the function.</summary>
internal static class FunctionParser
{
    /// <summary>Google Cloud's services have names of up to 63 characters; a few are kept for suffixes.</summary>
    private const int LongestName = 50;

    public static Parsed<FunctionModel> Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (PortableTypes.Attribute(method, "FunctionAttribute") is not { } attribute)
        {
            return new Parsed<FunctionModel>(null, findings.ToImmutable());
        }

        var name = NameOf(method, attribute, findings, cancellationToken);
        var trigger = TriggerParser.Parse(method, findings, out var routeParameters, cancellationToken);
        var activation = Callable(method, findings);
        if (trigger is null)
        {
            return new Parsed<FunctionModel>(null, findings.ToImmutable());
        }

        var binding = new ParameterBinding(method, trigger, routeParameters, findings);
        var parameters = binding.Bind();
        RequireEveryRouteParameter(method, parameters, routeParameters, findings);
        var result = ReturnBinding.Bind(method, trigger, parameters, findings);
        var timeout = Readings.TimeoutOf(attribute, method, findings, cancellationToken);
        var memory = MemoryOf(attribute, method, findings, cancellationToken);
        var (latency, warm) = (PromiseParser.LatencyOf(attribute, method, findings, cancellationToken), PromiseParser.WarmOf(method, findings, cancellationToken));
        var retry = DeliveryPolicies.RetryOf(method, trigger, findings, cancellationToken);
        var deadLetter = DeliveryPolicies.DeadLetterOf(method, trigger, findings, cancellationToken);
        var idempotency = IdempotencyParser.Parse(method, trigger, parameters, compilation, findings, cancellationToken);
        if (activation is null || result is null || findings.Count > 0 || parameters.Count < method.Parameters.Length)
        {
            return new Parsed<FunctionModel>(null, findings.ToImmutable());
        }

        return new Parsed<FunctionModel>(
            new FunctionModel(
                name,
                Readings.IdentifierOf(method),
                Readings.NamespaceOf(method),
                method.Name,
                activation,
                trigger,
                parameters,
                result,
                timeout,
                retry,
                deadLetter)
            {
                MemoryMegabytes = memory,
                LatencyMilliseconds = latency,
                WarmInstances = warm,
                Idempotency = idempotency,
                Owner = OwnerParser.Parse(method),
                Authorization = trigger is HttpTriggerModel ? AuthorizationParser.Parse(method, compilation) : null,
                Validation = ValidationReader.Read(binding.PayloadType, compilation, cancellationToken),
            },
            ImmutableArray<Finding>.Empty);
    }

    /// <summary>The type of a function's payload; <see langword="null"/> where it has none, or where the function is not understood.</summary>
    public static ITypeSymbol? PayloadOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (TriggerParser.Parse(method, findings, out var routeParameters, cancellationToken) is not { } trigger)
        {
            return null;
        }

        var binding = new ParameterBinding(method, trigger, routeParameters, findings);
        binding.Bind();
        return binding.PayloadType;
    }

    // Nobody reads it, so the parameter that was meant has become a required query value: every request would be answered with 400.
    private static void RequireEveryRouteParameter(
        IMethodSymbol method, EquatableArray<ParameterModel> parameters, ImmutableArray<string> routeParameters, ImmutableArray<Finding>.Builder findings)
    {
        if (parameters.Count < method.Parameters.Length)
        {
            return; // one of those that are not understood may be the one
        }

        foreach (var name in routeParameters)
        {
            if (!parameters.Any(parameter => parameter.Source == ParameterSource.Route && string.Equals(parameter.WireName, name, StringComparison.OrdinalIgnoreCase)))
            {
                findings.Add(Findings.Of(
                    RuleIdentifiers.RouteParameterMissing, Readings.LocationOf(method), method.Name, $"has '{{{name}}}' in its route and no parameter '{name}': add it, or bind another one with [FromRoute(Name = \"{name}\")]"));
            }
        }
    }

    private static string NameOf(IMethodSymbol method, AttributeData attribute, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var name = Readings.FirstText(attribute) ?? method.Name;
        if (!IsName(name))
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.FunctionName,
                Readings.LocationOf(attribute, method, cancellationToken),
                name,
                $"is not a name that every cloud accepts: use letters, digits and hyphens, a letter first, at most {LongestName} characters, as in [Function(\"place-order\")]"));
        }

        return name;
    }

    // What the clouds give at most and at least, PORT402 says.
    private static int MemoryOf(AttributeData attribute, IMethodSymbol method, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var megabytes = Readings.Number(attribute, "MemoryMegabytes");
        if (megabytes < 0)
        {
            findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, Readings.LocationOf(attribute, method, cancellationToken), method.Name, "has a MemoryMegabytes that is negative"));
        }

        return Math.Max(0, megabytes);
    }

    private static bool IsName(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var letter = name[i] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
            if (!letter && (i == 0 || (name[i] is not (>= '0' and <= '9') && (name[i] != '-' || i == name.Length - 1))))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= LongestName;
    }

    private static ActivationModel? Callable(IMethodSymbol method, ImmutableArray<Finding>.Builder findings)
    {
        var problem = method switch
        {
            { MethodKind: not MethodKind.Ordinary } => "is no ordinary method: make it a method of a class",
            { IsGenericMethod: true } => "is generic: emitted code would not know its type arguments",
            { IsAbstract: true } => "is abstract: put [Function] on the method that does the work",
            { ContainingType: { TypeKind: not (TypeKind.Class or TypeKind.Struct) } or { IsImplicitClass: true } } => "must belong to a class",
            _ when !Readings.IsReachable(method.DeclaredAccessibility) => "is not visible to emitted code: make it internal or public",
            _ when PortableTypes.Attribute(method, "WorkflowAttribute") is not null => "is a workflow as well: write a function that starts it",
            _ when IsOverloaded(method) => "shares its name, ignoring case, with another [Function] of the class: give one another name",
            _ => null,
        };
        ActivationModel? activation = null;
        if (problem is null)
        {
            activation = Readings.ActivationOf(method.ContainingType, method.IsStatic, hasInference: HasInference(method.ContainingType), out problem);
        }

        if (problem is not null)
        {
            var id = problem.Contains("constructor") ? RuleIdentifiers.HandlerConstructor : RuleIdentifiers.HandlerNotCallable;
            findings.Add(Findings.Of(id, Readings.LocationOf(method), method.Name, problem));
        }

        return activation;
    }

    private static bool HasInference(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null } && PortableTypes.Attribute(member, "InferenceAttribute") is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOverloaded(IMethodSymbol method)
    {
        // Ignoring case: files are named after methods, and file names that differ by case alone are one file to many systems.
        foreach (var member in method.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol other && string.Equals(other.Name, method.Name, StringComparison.OrdinalIgnoreCase) && PortableTypes.Attribute(other, "FunctionAttribute") is not null)
            {
                return !SymbolEqualityComparer.Default.Equals(other, method) && !SymbolEqualityComparer.Default.Equals(other.PartialImplementationPart, method);
            }
        }

        return false;
    }
}
