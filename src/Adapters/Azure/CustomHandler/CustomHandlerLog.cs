using Microsoft.Extensions.Logging;

namespace Portable.Azure;

internal static partial class CustomHandlerLog
{
    [LoggerMessage(30, LogLevel.Error, "The invocation of {Function} could not be read: {Reason}")]
    public static partial void MalformedInvocation(ILogger logger, string function, string reason);

    [LoggerMessage(31, LogLevel.Error, "{Function} answered with bytes that are no text, which the host takes of forwarded requests only: set customHandler.enableForwardingHttpRequest in host.json.")]
    public static partial void BinaryAnswer(ILogger logger, string function);
}
