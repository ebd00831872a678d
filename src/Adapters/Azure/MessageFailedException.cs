namespace Portable.Azure;

/// <summary>
/// A message was not handled, and the Functions host must deliver again what it delivered. What then happens is the trigger's own: a queue moves the message to
/// <c>NAME-poison</c> after its last delivery, Event Grid tries again by the subscription's policy, Event Hubs and Cosmos DB repeat the whole batch by the
/// function's retry policy. The reason has been logged.
/// </summary>
public sealed class MessageFailedException : Exception
{
    internal MessageFailedException(string message)
        : base(message)
    {
    }

    internal static MessageFailedException Of(string function, int delivered, IReadOnlyList<FailedMessage> failed) => new(delivered == 1
        ? $"{function} did not handle message {failed[0].Id}: {failed[0].Reason}"
        : $"{function} did not handle {failed.Count} of {delivered} messages, the first of them {failed[0].Id}: {failed[0].Reason}");
}
