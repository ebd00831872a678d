namespace Portable.Runtime;

/// <summary>Where the messages of a function come from; one record per trigger, and adapters choose by it.</summary>
/// <param name="Name">The queue, stream, bucket, event type, table or topic.</param>
public abstract record MessageSource(string Name)
{
    /// <summary>The most messages of one delivery, where the cloud delivers batches.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Whether messages keep their order, so that nothing behind a failure may be handled.</summary>
    public virtual bool Ordered => false;
}

/// <summary>A queue.</summary>
/// <param name="Name">The name of the queue.</param>
/// <param name="IsOrdered">Whether messages of one group keep their order.</param>
public sealed record QueueSource(string Name, bool IsOrdered = false) : MessageSource(Name)
{
    /// <inheritdoc/>
    public override bool Ordered => IsOrdered;
}

/// <summary>A stream.</summary>
/// <param name="Name">The name of the stream.</param>
/// <param name="FromStart">Whether a new deployment begins with the oldest record.</param>
public sealed record StreamSource(string Name, bool FromStart = false) : MessageSource(Name)
{
    /// <inheritdoc/>
    public override bool Ordered => true;
}

/// <summary>Changes of objects in a bucket.</summary>
/// <param name="Name">The bucket.</param>
/// <param name="Change">What happened to the object.</param>
/// <param name="Prefix">What names begin with.</param>
/// <param name="Suffix">What names end with.</param>
public sealed record StorageSource(string Name, StorageChange Change = StorageChange.Created, string Prefix = "", string Suffix = "") : MessageSource(Name)
{
    /// <summary>Whether an object's change is one that the function asked for.</summary>
    public bool Takes(StorageEvent change) =>
        change.Change == Change && change.Name.StartsWith(Prefix, StringComparison.Ordinal) && change.Name.EndsWith(Suffix, StringComparison.Ordinal);
}

/// <summary>Events of one type.</summary>
/// <param name="Name">The type.</param>
/// <param name="Version">The version that the payload's contract names.</param>
/// <param name="UnknownVersions">What becomes of other versions.</param>
public sealed record EventSource(string Name, int Version = 1, UnknownVersions UnknownVersions = UnknownVersions.DeadLetter) : MessageSource(Name);

/// <summary>Changes of the rows of a table.</summary>
/// <param name="Name">The table.</param>
/// <param name="FromStart">Whether a new deployment begins with the oldest change.</param>
public sealed record TableSource(string Name, bool FromStart = false) : MessageSource(Name)
{
    /// <inheritdoc/>
    public override bool Ordered => true;
}

/// <summary>Messages of devices.</summary>
/// <param name="Name">The topic filter.</param>
public sealed record DeviceSource(string Name) : MessageSource(Name);
