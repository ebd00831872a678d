namespace Portable;

/// <summary>Publishes what workflows publish with <c>flow.Publish</c>, where the engine has no means of its own for it.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes an event. It may be called again with the same event.</summary>
    Task Publish(PublishedEvent published, CancellationToken cancellationToken = default);
}

/// <summary>An event that a workflow publishes.</summary>
/// <param name="Id">Its identifier: the same whenever the same event is published again.</param>
/// <param name="Source">Who publishes it: <c>portable.</c> and the name of the workflow.</param>
/// <param name="Type">The type that <see cref="EventContractAttribute"/> gives.</param>
/// <param name="Version">The version of the payload.</param>
/// <param name="Json">The payload as JSON.</param>
public sealed record PublishedEvent(string Id, string Source, string Type, int Version, string Json);
