namespace Portable.Generator.Model;

/// <summary>What starts a function. A new trigger is a record here, a line in <c>TriggerParser</c>, in <c>MessageSources</c> and in each cloud's table.</summary>
internal abstract record TriggerModel;

internal sealed record HttpTriggerModel(string Method, string Route) : TriggerModel;

internal sealed record ScheduleTriggerModel(string Cron, string? TimeZone) : TriggerModel;

/// <summary>A trigger that delivers messages; what the pipeline does with them is the same for all.</summary>
internal abstract record MessageTriggerModel : TriggerModel
{
    /// <summary>How a handler takes the messages.</summary>
    public abstract MessageShape Shape { get; }
}

internal sealed record QueueTriggerModel(string Queue, int BatchSize, bool Ordered) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Queue;
}

internal sealed record StreamTriggerModel(string Stream, int BatchSize, bool FromStart) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Stream;
}

/// <param name="Bucket">The bucket.</param>
/// <param name="Change">The name of the member of <c>StorageChange</c>.</param>
/// <param name="Prefix">What names begin with.</param>
/// <param name="Suffix">What names end with.</param>
internal sealed record StorageTriggerModel(string Bucket, string Change, string Prefix, string Suffix) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Storage;
}

/// <param name="Type">The type of the events.</param>
/// <param name="Version">The version that the payload's contract names.</param>
/// <param name="UnknownVersions">The name of the member of <c>UnknownVersions</c>.</param>
internal sealed record EventTriggerModel(string Type, int Version, string UnknownVersions) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Event;
}

internal sealed record TableTriggerModel(string Table, int BatchSize, bool FromStart) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Table;
}

internal sealed record DeviceTriggerModel(string Topic) : MessageTriggerModel
{
    public override MessageShape Shape => MessageShape.Device;
}

/// <summary>How handlers take the messages of a trigger, and how emitted code reads them.</summary>
/// <param name="Kind">The trigger in the manifest and in messages.</param>
/// <param name="Wrapper">The type around the body, in the namespace <c>Portable</c>.</param>
/// <param name="IsGeneric">Whether it has the body's type as its argument.</param>
/// <param name="Body">Its member with the body; <see langword="null"/> where a handler cannot take the body alone.</param>
/// <param name="Reader">The method of <c>MessageReaders</c>.</param>
/// <param name="HasAttributes">Whether messages carry attributes that a parameter may be bound to.</param>
/// <param name="TakesBatches">Whether a handler may take a whole batch.</param>
internal sealed record MessageShape(string Kind, string Wrapper, bool IsGeneric, string? Body, string Reader, bool HasAttributes, bool TakesBatches)
{
    public static MessageShape Queue { get; } = new("queue", "Message", true, "Body", "Message", true, true);

    public static MessageShape Stream { get; } = new("stream", "StreamRecord", true, "Body", "Record", true, true);

    public static MessageShape Storage { get; } = new("storage", "StorageEvent", false, null, "Object", false, false);

    public static MessageShape Event { get; } = new("event", "Event", true, "Data", "Event", true, false);

    public static MessageShape Table { get; } = new("table", "TableChange", true, null, "Row", false, true);

    public static MessageShape Device { get; } = new("device", "DeviceMessage", true, "Body", "Device", true, false);
}
