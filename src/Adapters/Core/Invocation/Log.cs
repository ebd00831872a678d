using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Function} failed in invocation {InvocationId}.")]
    public static partial void HandlerFailed(ILogger logger, string function, string invocationId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "{Function} reached its deadline in invocation {InvocationId}.")]
    public static partial void DeadlineReached(ILogger logger, string function, string invocationId);

    [LoggerMessage(3, LogLevel.Error, "{Function} failed for message {MessageId}.")]
    public static partial void MessageFailed(ILogger logger, string function, string messageId, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "{Function} can never handle message {MessageId}: {Reason}")]
    public static partial void MessagePoisoned(ILogger logger, string function, string messageId, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Function} step {Step} failed with {Code}: {Reason}")]
    public static partial void StepFailed(ILogger logger, string function, string step, string code, string reason);
}
