using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>One trigger attribute while it is read.</summary>
internal sealed class TriggerReading(IMethodSymbol method, AttributeData attribute, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
{
    public IMethodSymbol Method => method;

    /// <summary>The constructor's arguments.</summary>
    public string?[] Texts { get; } =
        [.. attribute.ConstructorArguments.Select(static argument => argument.Kind == TypedConstantKind.Primitive ? argument.Value as string : null)];

    /// <summary>The parameters of the route, for HTTP.</summary>
    public ImmutableArray<string> RouteParameters { get; set; } = ImmutableArray<string>.Empty;

    public string? Text(string name) => Readings.Named(attribute, name)?.Value as string;

    public bool Flag(string name) => Readings.Named(attribute, name)?.Value is true;

    /// <summary>The name of an enumeration's member, whose values are 0, 1, and so on.</summary>
    public string Member(string name, params string[] members) => Readings.Named(attribute, name)?.Value is int value && value >= 0 && value < members.Length ? members[value] : members[0];

    /// <summary>The size of batches; <see langword="null"/> when it is refused. What the clouds give at most, PORT403 says.</summary>
    public int? BatchSize(int fallback)
    {
        var size = Readings.Number(attribute, "BatchSize");
        if (size < 0)
        {
            Refuse("has a BatchSize that is not positive");
            return null;
        }

        return size == 0 ? fallback : size;
    }

    public void Refuse(string problem) => Report(RuleIdentifiers.AttributeValue, problem);

    public void Report(string ruleId, string problem) => findings.Add(Findings.Of(ruleId, Readings.LocationOf(attribute, method, cancellationToken), method.Name, problem));
}
