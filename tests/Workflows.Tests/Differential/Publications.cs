using System.Globalization;
using Portable.Testing;

namespace Portable.Workflows.Tests.Differential;

/// <summary>What runs published, in one form for every engine.</summary>
internal static class Publications
{
    /// <summary>What a run and those that it started published.</summary>
    public static IReadOnlyList<string> Of(Subject subject, SimulationResult result) =>
    [
        .. result.Published.Select(published =>
        {
            var (type, version) = Versioned(published.Type, published.Version);
            return Describe(subject, type, version, published.PayloadJson, published.Source);
        }),
        .. result.Children.SelectMany(child => Of(subject, child.Result)),
    ];

    /// <summary>An event.</summary>
    public static string Describe(Subject subject, string type, int version, string json, string? source)
    {
        var contract = subject.Family.SelectMany(static member => member.Definition.Payloads).FirstOrDefault(payload =>
            payload.Type.GetCustomAttributes(typeof(EventContractAttribute), false) is [EventContractAttribute named] && named.Type == type && named.Version == version);
        return string.Create(CultureInfo.InvariantCulture, $"{type} v{version} {(contract is null ? "(no contract) " + json : ScriptedSteps.Normalised(contract, json))} from {source}");
    }

    // On an event bus a version above 1 stands behind the type: com.example.place-left.v2.
    private static (string Type, int Version) Versioned(string type, int version)
    {
        var at = type.LastIndexOf(".v", StringComparison.Ordinal);
        return at > 0 && version == 1 && int.TryParse(type.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var behind) ? (type[..at], behind) : (type, version);
    }
}
