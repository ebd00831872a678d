namespace Portable;

/// <summary>A message of a queue: its body and what the queue says of it.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
public sealed class Message<T>
{
    /// <summary>Creates a message; the runtime does so, and tests may.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">The identifier that the queue gave the message.</param>
    /// <param name="deliveryCount">How often the message has been delivered, this delivery included; 1 when the queue does not say.</param>
    /// <param name="attributes">Attributes beside the body, names compared ordinally ignoring case.</param>
    /// <param name="enqueuedAt">When the message was sent, where the queue says so.</param>
    public Message(T body, string id, int deliveryCount = 1, IReadOnlyDictionary<string, string>? attributes = null, DateTimeOffset? enqueuedAt = null)
    {
        Body = body;
        Id = id;
        DeliveryCount = deliveryCount;
        Attributes = attributes ?? NoAttributes.Instance;
        EnqueuedAt = enqueuedAt;
    }

    /// <summary>The body.</summary>
    public T Body { get; }

    /// <summary>The identifier that the queue gave the message; the same on every redelivery.</summary>
    public string Id { get; }

    /// <summary>How often the message has been delivered, this delivery included.</summary>
    public int DeliveryCount { get; }

    /// <summary>Attributes beside the body.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>When the message was sent, where the queue says so.</summary>
    public DateTimeOffset? EnqueuedAt { get; }
}
