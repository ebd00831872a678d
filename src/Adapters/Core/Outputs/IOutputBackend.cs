namespace Portable.Runtime;

/// <summary>
/// The way from functions to a cloud's queues, bus and buckets: one implementation per cloud, named by emitted code where an application sends anything.
/// Bodies are JSON already, and correlation id and trace context are among the attributes. All members may be called at the same time.
/// </summary>
public interface IOutputBackend
{
    /// <summary>Sends a message to a queue.</summary>
    /// <param name="queue">The name of the queue, as triggers name it.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The identifier that the queue gave the message.</returns>
    /// <exception cref="OutputException">It was not sent.</exception>
    Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Publishes an event on the application's bus.</summary>
    /// <param name="published">The event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutputException">It was not published.</exception>
    Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken);

    /// <summary>Opens a bucket.</summary>
    /// <param name="name">The name of the bucket, as triggers name it.</param>
    IBlobStore Bucket(string name);
}

/// <summary>A message on its way to a queue.</summary>
/// <param name="Body">The body.</param>
/// <param name="Attributes">Attributes beside the body: those of the sender, <c>traceparent</c> and <c>portable-correlation-id</c>.</param>
/// <param name="Delay">How long the queue holds it back.</param>
/// <param name="Group">The group of an ordered queue.</param>
/// <param name="DeduplicationId">What an ordered queue recognises it by.</param>
public sealed record OutgoingMessage(
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, string> Attributes,
    TimeSpan Delay = default,
    string? Group = null,
    string? DeduplicationId = null);

/// <summary>An event on its way to the bus.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Source">Who publishes it, a URI reference: <c>portable.</c> and the name of the application or workflow.</param>
/// <param name="Type">The type, without a version.</param>
/// <param name="Version">The version of the payload.</param>
/// <param name="Body">The payload as JSON.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Attributes">Extension attributes: <c>traceparent</c> and <c>correlationid</c>.</param>
public sealed record OutgoingEvent(
    string Id,
    string Source,
    string Type,
    int Version,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset Time,
    string? Subject,
    IReadOnlyDictionary<string, string> Attributes);
