using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// The application's bus in memory: keeps the events that functions and workflows publish, to be looked at, and delivers each to every function that takes
/// its type. An event that is published again is the same one, and is delivered once.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class LocalEventBus(TimeProvider time) : IEventPublisher
{
    private readonly object _gate = new();
    private readonly HashSet<(string Source, string Id)> _known = [];
    private readonly List<(DateTimeOffset At, PublishedEvent Event)> _events = [];

    /// <summary>What was published, each event once, the oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, PublishedEvent Event)> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The functions that take events.</summary>
    public IReadOnlyList<LocalSource> Subscribers { get; internal set; } = [];

    /// <inheritdoc/>
    public Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(published);
        Publish(published, null, null);
        return Task.CompletedTask;
    }

    /// <summary>Publishes an event as somebody else would.</summary>
    /// <param name="type">The type.</param>
    /// <param name="json">The payload.</param>
    /// <param name="version">The version of the payload.</param>
    /// <param name="source">Who publishes it.</param>
    /// <param name="subject">What it happened to.</param>
    /// <param name="id">Its identifier; a new one when <see langword="null"/>.</param>
    /// <param name="attributes">Further attributes.</param>
    /// <returns>Its identifier.</returns>
    public string Publish(string type, string json, int version = 1, string source = "local", string? subject = null, string? id = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        id ??= Guid.NewGuid().ToString("N");
        Publish(new PublishedEvent(id, source, type, version, json), subject, attributes);
        return id;
    }

    internal void Publish(PublishedEvent published, string? subject, IReadOnlyDictionary<string, string>? attributes)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_known.Add((published.Source, published.Id)))
            {
                return;
            }

            _events.Add((now, published));
        }

        var detail = new EventDescription(published.Source, published.Type, published.Version, subject, "application/json");
        foreach (var subscriber in Subscribers)
        {
            if (subscriber.Name == published.Type)
            {
                subscriber.Add(new LocalMessage(published.Id, Encoding.UTF8.GetBytes(published.Json), attributes, now, detail));
            }
        }
    }
}
