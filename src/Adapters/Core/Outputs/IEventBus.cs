namespace Portable;

/// <summary>Publishes events on the application's bus: EventBridge, Pub/Sub, Event Grid, in process locally. Whoever wants them subscribes; the publisher knows nobody.</summary>
public interface IEventBus
{
    /// <summary>Publishes an event of the type and version that the payload's <see cref="EventContractAttribute"/> names.</summary>
    /// <typeparam name="T">A type with an event contract.</typeparam>
    /// <param name="payload">The payload, sent as JSON.</param>
    /// <param name="options">Subject and identifier.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The identifier of the event.</returns>
    /// <exception cref="ArgumentException">The type has no event contract.</exception>
    /// <exception cref="PayloadTooLargeException">The event is larger than the cloud's bus takes; nothing was sent.</exception>
    /// <exception cref="OutputException">The cloud refused it or could not be reached.</exception>
    Task<string> Publish<T>(T payload, PublishOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>How an event is published.</summary>
public sealed record PublishOptions
{
    /// <summary>What it happened to, within the source.</summary>
    public string? Subject { get; init; }

    /// <summary>The identifier of the event, so that one that is published twice is recognised; a new one when <see langword="null"/>.</summary>
    public string? Id { get; init; }
}
