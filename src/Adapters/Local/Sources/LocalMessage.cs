using Portable.Runtime;

namespace Portable.Local;

/// <summary>A message that a source has not finished with.</summary>
internal sealed class LocalMessage(string id, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string>? attributes, DateTimeOffset sentAt, MessageDetail? detail = null, string lane = "")
{
    public string Id { get; } = id;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public IReadOnlyDictionary<string, string>? Attributes { get; } = attributes;

    public DateTimeOffset SentAt { get; } = sentAt;

    public MessageDetail? Detail { get; } = detail;

    /// <summary>What it keeps its place within, in an ordered source.</summary>
    public string Lane { get; } = lane;

    /// <summary>Deliveries so far.</summary>
    public int DeliveryCount { get; set; }

    /// <summary>When it is delivered again, while it waits for that.</summary>
    public DateTimeOffset? NextDelivery { get; set; }

    /// <summary>The clock of its delivery, while it waits for that.</summary>
    public ITimer? Clock { get; set; }

    public string? LastError { get; set; }

    public ReceivedMessage Received => new(Id, Body, DeliveryCount, Attributes, SentAt, Detail);
}

/// <summary>A message that was given up.</summary>
/// <param name="Id">The message.</param>
/// <param name="Body">Its body; empty for changes of objects and rows.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="DeliveryCount">How often it was delivered.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="At">When.</param>
public sealed record DeadLetter(string Id, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Attributes, int DeliveryCount, string Reason, DateTimeOffset At);

/// <summary>A message that waits for its first or next delivery, or is being handled.</summary>
/// <param name="Id">The message.</param>
/// <param name="DeliveryCount">Deliveries so far.</param>
/// <param name="NextDelivery">When it is delivered again; <see langword="null"/> as soon as possible.</param>
/// <param name="LastError">Why its last delivery failed.</param>
public sealed record PendingMessage(string Id, int DeliveryCount, DateTimeOffset? NextDelivery, string? LastError);
