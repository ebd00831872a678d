using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads the parameters by which handlers, steps and workflows send: queues, buckets and the bus.</summary>
internal static class OutputParameters
{
    private const string QueueAttribute = "QueueAttribute";
    private const string BucketAttribute = "BucketAttribute";

    /// <summary>What a parameter sends to; <see langword="null"/> for any other parameter, and for one of which <see cref="Check"/> has to speak.</summary>
    public static OutputModel? Of(IParameterSymbol parameter) => KindOf(parameter.Type) switch
    {
        SendKind.Queue when Name(parameter, QueueAttribute) is { } queue => new OutputModel(SendKind.Queue, queue, Readings.TypeOf(((INamedTypeSymbol)parameter.Type).TypeArguments[0])),
        SendKind.Bucket when Name(parameter, BucketAttribute) is { } bucket => new OutputModel(SendKind.Bucket, bucket),
        SendKind.Events => new OutputModel(SendKind.Events, ""),
        _ => null,
    };

    /// <summary>What is wrong with a parameter that sends, or that says so.</summary>
    public static void Check(IParameterSymbol parameter, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        if (Readings.IsBroken(parameter.Type))
        {
            return;
        }

        var queue = PortableTypes.Attribute(parameter, QueueAttribute);
        var bucket = PortableTypes.Attribute(parameter, BucketAttribute);
        var kind = KindOf(parameter.Type);
        var (wanted, misplaced) = kind switch
        {
            SendKind.Queue => (queue, bucket),
            SendKind.Bucket => (bucket, queue),
            _ => (null, queue ?? bucket),
        };
        if (misplaced is not null)
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.OutputParameter,
                Readings.LocationOf(misplaced, parameter, cancellationToken),
                parameter.Name,
                misplaced == queue ? "has [Queue], which belongs on an IQueue<T>" : "has [Bucket], which belongs on an IBlobStore"));
        }
        else if (wanted is not null)
        {
            CheckName(parameter, wanted, kind!.Value, findings, cancellationToken);
        }
        else if (kind is SendKind.Queue or SendKind.Bucket && PortableTypes.Attribute(parameter, "FromServicesAttribute") is null)
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.OutputParameter,
                Readings.LocationOf(parameter),
                parameter.Name,
                kind == SendKind.Queue
                    ? "does not say which queue it sends to: put [Queue(\"orders\")] on it, or [FromServices] if the startup class registers it"
                    : "does not say which bucket it is: put [Bucket(\"uploads\")] on it, or [FromServices] if the startup class registers it"));
        }
    }

    private static void CheckName(IParameterSymbol parameter, AttributeData attribute, SendKind kind, ImmutableArray<Finding>.Builder findings, CancellationToken cancellationToken)
    {
        // Azure storage queues and containers are the strictest.
        if (Readings.FirstText(attribute) is { } name && (name.Length < 3 || !Readings.IsCloudName(name, 63) || name.Contains("--")))
        {
            findings.Add(Findings.Of(
                RuleIdentifiers.OutputName,
                Readings.LocationOf(attribute, parameter, cancellationToken),
                parameter.Name,
                $"{(kind == SendKind.Queue ? "sends to the queue" : "is the bucket")} '{name}', a name that not every cloud accepts: use 3 to 63 lower-case letters, digits and single hyphens, a letter first"));
        }
    }

    private static string? Name(IParameterSymbol parameter, string attribute) =>
        PortableTypes.Attribute(parameter, attribute) is { } data ? Readings.FirstText(data) : null;

    private static SendKind? KindOf(ITypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Interface } => null,
        INamedTypeSymbol { TypeArguments.Length: 1, Name: "IQueue" } => PortableTypes.IsPortable(type, "IQueue") ? SendKind.Queue : null,
        { Name: "IBlobStore" } => PortableTypes.IsPortable(type, "IBlobStore") ? SendKind.Bucket : null,
        { Name: "IEventBus" } => PortableTypes.IsPortable(type, "IEventBus") ? SendKind.Events : null,
        _ => null,
    };
}
