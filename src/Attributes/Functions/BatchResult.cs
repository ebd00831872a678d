namespace Portable;

/// <summary>
/// What became of a batch: the messages that failed and must be delivered again. Every message that is not listed is done.
/// </summary>
public sealed class BatchResult
{
    private BatchResult(IReadOnlyList<FailedMessage> failed) => Failed = failed;

    /// <summary>Every message is done.</summary>
    public static BatchResult Success { get; } = new([]);

    /// <summary>The messages that failed.</summary>
    public IReadOnlyList<FailedMessage> Failed { get; }

    /// <summary>Some messages failed.</summary>
    public static BatchResult Partial(IReadOnlyList<FailedMessage> failed) => failed.Count == 0 ? Success : new(failed);

    /// <summary>The messages with these identifiers failed.</summary>
    public static BatchResult Partial(params string[] failedIds) => Partial([.. failedIds.Select(id => new FailedMessage(id))]);
}

/// <summary>A message that failed within a batch.</summary>
public sealed class FailedMessage
{
    /// <summary>Names a message that failed.</summary>
    /// <param name="id">The <see cref="Message{T}.Id"/>.</param>
    /// <param name="reason">Why, for logs and dead letters.</param>
    public FailedMessage(string id, string? reason = null)
    {
        Id = id;
        Reason = reason;
    }

    /// <summary>The <see cref="Message{T}.Id"/> of the message.</summary>
    public string Id { get; }

    /// <summary>Why it failed, for logs and dead letters.</summary>
    public string? Reason { get; }
}
