using Microsoft.Extensions.Logging;

namespace Portable.Azure;

internal static partial class CustomHandlerLog
{
    [LoggerMessage(30, LogLevel.Error, "The invocation of {Function} could not be read: {Reason}")]
    public static partial void MalformedInvocation(ILogger logger, string function, string reason);
}
