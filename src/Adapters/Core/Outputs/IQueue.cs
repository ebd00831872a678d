namespace Portable;

/// <summary>
/// Sends messages to one queue, on whatever cloud the code runs; locally to the in-process queue of that name. Handlers take it in their
/// constructor as <c>[Queue("orders")] IQueue&lt;Order&gt; orders</c>. Correlation id and trace context of the invocation travel along.
/// </summary>
/// <typeparam name="T">The type of the bodies, sent as JSON.</typeparam>
public interface IQueue<T>
{
    /// <summary>The name of the queue.</summary>
    string Name { get; }

    /// <summary>Sends a message.</summary>
    /// <param name="body">The body.</param>
    /// <param name="options">Attributes, delay and order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The identifier that the queue gave the message.</returns>
    /// <exception cref="PayloadTooLargeException">The message is larger than the cloud's queue takes; nothing was sent.</exception>
    /// <exception cref="OutputException">The cloud refused it or could not be reached.</exception>
    Task<string> Send(T body, SendOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>How a message is sent.</summary>
public sealed record SendOptions
{
    /// <summary>Attributes beside the body; up to 8.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>How long the queue holds the message back: up to 15 minutes. Pub/Sub cannot; there it must be zero.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The group within which an ordered queue keeps the order; the ordering key on Pub/Sub.</summary>
    public string? Group { get; init; }

    /// <summary>What an ordered queue recognises a message by that is sent twice; a new one when <see langword="null"/>.</summary>
    public string? DeduplicationId { get; init; }
}
