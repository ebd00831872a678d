using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

internal enum SendKind
{
    /// <summary><c>[Queue("orders")] IQueue&lt;T&gt;</c>.</summary>
    Queue,

    /// <summary><c>[Bucket("uploads")] IBlobStore</c>.</summary>
    Bucket,

    /// <summary><c>IEventBus</c>.</summary>
    Events,
}

/// <summary>What a parameter sends to.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The queue or bucket; empty for the bus.</param>
/// <param name="Payload">The type of a queue's bodies.</param>
internal sealed record OutputModel(SendKind Kind, string Name, TypeRef? Payload = null);

/// <summary>A parameter of a constructor: a service, something to send to, or the secret of that name.</summary>
internal sealed record DependencyModel(TypeRef Type, OutputModel? Output = null, string? Secret = null);

/// <summary>What a function sends to, in the order in which it is written: by name.</summary>
internal sealed record UsesModel(EquatableArray<string> Queues, EquatableArray<string> Buckets, bool Events)
{
    public bool IsEmpty => Queues.Count == 0 && Buckets.Count == 0 && !Events;

    public static UsesModel Of(IEnumerable<OutputModel?> outputs)
    {
        var all = outputs.OfType<OutputModel>().ToList();
        return new UsesModel(Names(all, SendKind.Queue), Names(all, SendKind.Bucket), all.Exists(static output => output.Kind == SendKind.Events));
    }

    private static EquatableArray<string> Names(IEnumerable<OutputModel> outputs, SendKind kind) =>
        outputs.Where(output => output.Kind == kind).Select(static output => output.Name)
            .Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();
}
