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

    [LoggerMessage(6, LogLevel.Warning, "{Function} gave up message {MessageId}, which is in the dead letter queue {Queue} now: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string function, string messageId, string queue, string reason);

    [LoggerMessage(7, LogLevel.Error, "{Function} could not send message {MessageId} to the dead letter queue {Queue}; it stays failed, and the platform delivers it again or moves it.")]
    public static partial void DeadLetterNotSent(ILogger logger, string function, string messageId, string queue, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "The secret {Name} could not be read again; the value that is known is used: {Reason}")]
    public static partial void SecretNotRefreshed(ILogger logger, string name, string reason);
}
