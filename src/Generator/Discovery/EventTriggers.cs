using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads event triggers: the type comes from the payload's contract or from the attribute.</summary>
internal static class EventTriggers
{
    private const int LongestType = 100;

    public static EventTriggerModel? Read(TriggerReading reading)
    {
        var stated = reading.Texts is [{ } text] ? text : null;
        var contract = reading.Method.Parameters.Select(static parameter => ContractOf(parameter.Type)).FirstOrDefault(static found => found is not null);
        var type = stated ?? contract?.Type;
        if (type is null)
        {
            reading.Report(RuleIdentifiers.EventType, "does not say which events start it: add [EventContract(\"com.acme.order.placed\", Version = 1)] to the payload's type, or state the type in [EventTrigger(\"...\")]");
            return null;
        }

        if (stated is not null && contract is { } other && other.Type != stated)
        {
            reading.Report(RuleIdentifiers.EventType, $"states the type '{stated}', but the contract of its payload is '{other.Type}': leave one of them out");
            return null;
        }

        if (!IsType(type))
        {
            reading.Report(RuleIdentifiers.EventType, $"has the event type '{type}', which not every broker takes: use letters, digits, dots, hyphens and underscores, at most {LongestType}, and state the version beside it, not in it");
            return null;
        }

        // Without a contract there is no version to hold events against: whoever reads them knows what they are.
        return contract is { } known
            ? new EventTriggerModel(type, Math.Max(1, known.Version), reading.Member("UnknownVersions", "DeadLetter", "Skip", "Accept"))
            : new EventTriggerModel(type, 1, "Accept");
    }

    private static (string Type, int Version)? ContractOf(ITypeSymbol type)
    {
        var payload = type is INamedTypeSymbol { TypeArguments.Length: 1 } named && PortableTypes.IsPortable(named, "Event") ? named.TypeArguments[0] : type;
        return payload is INamedTypeSymbol && PortableTypes.Attribute(payload, "EventContractAttribute") is { } contract && Readings.FirstText(contract) is { } name
            ? (name, Readings.Number(contract, "Version", 1))
            : null;
    }

    // A name that ends in .v2 would be taken for a version on EventBridge, whose events have no other place for it.
    private static bool IsType(string type)
    {
        var dot = type.LastIndexOf('.');
        var endsInVersion = dot >= 0 && dot + 2 < type.Length && type[dot + 1] == 'v' && type.Skip(dot + 2).All(static c => c is >= '0' and <= '9');
        return type.Length is > 0 and <= LongestType && !endsInVersion
            && type.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_');
    }
}
