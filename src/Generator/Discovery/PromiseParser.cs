using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads what a function promises its callers, and what is kept ready for it.</summary>
internal static class PromiseParser
{
    private const int MostInstances = 1000;

    /// <summary>The promised latency in milliseconds; 0 without.</summary>
    public static int LatencyOf(AttributeData attribute, IMethodSymbol method, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        var milliseconds = Readings.Number(attribute, "LatencyMilliseconds");
        if (milliseconds < 0)
        {
            findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, Readings.LocationOf(attribute, method, cancellationToken), method.Name, "has a LatencyMilliseconds that is negative"));
        }

        return Math.Max(0, milliseconds);
    }

    /// <summary>How many instances are kept warm; 0 without <c>[Warm]</c>.</summary>
    public static int WarmOf(IMethodSymbol method, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (PortableTypes.Attribute(method, "WarmAttribute") is not { ConstructorArguments: [{ Value: int instances }] } attribute)
        {
            return 0;
        }

        if (instances is < 1 or > MostInstances)
        {
            findings.Add(Findings.Of(RuleIdentifiers.AttributeValue, Readings.LocationOf(attribute, method, cancellationToken), method.Name, $"has [Warm] with a number that is not between 1 and {MostInstances}"));
            return 0;
        }

        return instances;
    }
}
