using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// A function of S3, EventBridge or IoT did not handle its event. Lambda invokes it again with the whole event, twice unless configured otherwise,
/// and then hands it to the function's destination for failures. The reasons have been logged.
/// </summary>
public sealed class EventFailedException : Exception
{
    internal EventFailedException(int messages, IReadOnlyList<FailedMessage> failed)
        : base(messages == 1 ? $"The event was not handled: {failed[0].Reason}" : $"{failed.Count} of {messages} records of the event were not handled. The first: {failed[0].Reason}")
    {
    }
}
