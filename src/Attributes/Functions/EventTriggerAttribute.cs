namespace Portable;

/// <summary>
/// Starts a function for events of one type: EventBridge, Eventarc, Event Grid. The payload parameter is the type <c>T</c> that carries
/// <see cref="EventContractAttribute"/>, an <see cref="Event{T}"/> of it, or <c>CloudNative.CloudEvents.CloudEvent</c> with the type stated here.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EventTriggerAttribute : Attribute
{
    /// <summary>Takes the type of the events from the payload's <see cref="EventContractAttribute"/>.</summary>
    public EventTriggerAttribute()
    {
    }

    /// <summary>States the type of the events, for payloads without a contract.</summary>
    /// <param name="type">The type, such as <c>com.acme.order.placed</c>.</param>
    public EventTriggerAttribute(string type) => Type = type;

    /// <summary>The type of the events; that of the payload's contract when <see langword="null"/>.</summary>
    public string? Type { get; }

    /// <summary>What becomes of events whose version the payload's contract does not name. A payload without a contract takes every version.</summary>
    public UnknownVersions UnknownVersions { get; set; }
}

/// <summary>What becomes of an event whose version the contract of the payload does not name.</summary>
public enum UnknownVersions
{
    /// <summary>It goes to the dead letters with the reason: nothing is lost, and somebody hears of it.</summary>
    DeadLetter,

    /// <summary>It is acknowledged without a call: others handle that version.</summary>
    Skip,

    /// <summary>It is read as if it were of the contract's version: for contracts that only ever gain members.</summary>
    Accept,
}

/// <summary>An event: its payload and what CloudEvents 1.0 says of it.</summary>
/// <typeparam name="T">The type of the payload.</typeparam>
public sealed class Event<T>
{
    /// <summary>Creates an event; the runtime does so, and tests may.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="id">Identifies the event together with <paramref name="source"/>.</param>
    /// <param name="source">Who publishes it, a URI reference.</param>
    /// <param name="type">What happened.</param>
    /// <param name="version">The version of the payload.</param>
    /// <param name="subject">What it happened to, within the source.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="attributes">Further attributes, names compared ignoring case.</param>
    public Event(T data, string id, string source, string type, int version = 1, string? subject = null, DateTimeOffset? time = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        Data = data;
        Id = id;
        Source = source;
        Type = type;
        Version = version;
        Subject = subject;
        Time = time;
        Attributes = attributes ?? NoAttributes.Instance;
    }

    /// <summary>The payload.</summary>
    public T Data { get; }

    /// <summary>Identifies the event together with <see cref="Source"/>; the same on every redelivery.</summary>
    public string Id { get; }

    /// <summary>Who publishes it, a URI reference.</summary>
    public string Source { get; }

    /// <summary>What happened.</summary>
    public string Type { get; }

    /// <summary>The version of the payload, from 1.</summary>
    public int Version { get; }

    /// <summary>What it happened to, within the source.</summary>
    public string? Subject { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Further attributes by their lower-case names.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }
}
