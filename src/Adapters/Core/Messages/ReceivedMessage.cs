namespace Portable.Runtime;

/// <summary>A message as its source delivered it, in the form that all clouds share; adapters make it of their envelope.</summary>
/// <param name="Id">The source's identifier, the same on every redelivery.</param>
/// <param name="Body">The body; empty for a change of an object or a row, which <paramref name="Detail"/> describes.</param>
/// <param name="DeliveryCount">How often it was delivered, this time included; 1 where the source does not say.</param>
/// <param name="Attributes">Attributes beside the body.</param>
/// <param name="EnqueuedAt">When it was sent, where the source says so.</param>
/// <param name="Detail">What only this kind of source says.</param>
public sealed record ReceivedMessage(
    string Id,
    ReadOnlyMemory<byte> Body,
    int DeliveryCount = 1,
    IReadOnlyDictionary<string, string>? Attributes = null,
    DateTimeOffset? EnqueuedAt = null,
    MessageDetail? Detail = null);

/// <summary>What only one kind of source says of its messages.</summary>
public abstract record MessageDetail;

/// <summary>Where a record of a stream stands.</summary>
/// <param name="PartitionKey">What the order holds within.</param>
/// <param name="SequenceNumber">Its place; what a checkpoint names.</param>
public sealed record StreamPosition(string PartitionKey, string SequenceNumber) : MessageDetail;

/// <summary>The change of an object.</summary>
/// <param name="Change">The change.</param>
public sealed record ObjectChanged(StorageEvent Change) : MessageDetail;

/// <summary>What CloudEvents says of an event, or what stands for it on a bus of another form.</summary>
/// <param name="Source">Who publishes it.</param>
/// <param name="Type">What happened, without a version.</param>
/// <param name="Version">The version of the payload.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="DataContentType">The media type of the body.</param>
/// <param name="DataSchema">The schema of the body.</param>
public sealed record EventDescription(string Source, string Type, int Version = 1, string? Subject = null, string? DataContentType = null, string? DataSchema = null) : MessageDetail;

/// <summary>The change of a row, its images as plain JSON.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Key">What identifies the row.</param>
/// <param name="Old">The row before; empty where there was none or the cloud does not say.</param>
/// <param name="New">The row after; empty when it is gone.</param>
public sealed record RowChanged(TableChangeKind Kind, string Key, ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New) : MessageDetail;

/// <summary>Which device sent a message.</summary>
/// <param name="DeviceId">The device, where the cloud says so.</param>
/// <param name="Topic">The topic, where the cloud says so.</param>
public sealed record DeviceOrigin(string? DeviceId, string? Topic) : MessageDetail;

/// <summary>The source delivered something under this identifier that is no message of its kind; it is poison, and the messages beside it are not.</summary>
/// <param name="Reason">What is wrong with it, without the content.</param>
public sealed record Unreadable(string Reason) : MessageDetail;
