namespace Portable.Local;

/// <summary>Keeps the events that workflows publish, to be looked at; nobody takes them.</summary>
/// <param name="time">The clock.</param>
public sealed class LocalEventBus(TimeProvider time) : IEventPublisher
{
    private readonly object _gate = new();
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

    /// <inheritdoc/>
    public Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_events.TrueForAll(entry => entry.Event.Id != published.Id))
            {
                _events.Add((time.GetUtcNow(), published));
            }
        }

        return Task.CompletedTask;
    }
}
