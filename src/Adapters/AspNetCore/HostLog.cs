using Microsoft.Extensions.Logging;

namespace Portable.Runtime.AspNetCore;

internal static partial class HostLog
{
    [LoggerMessage(20, LogLevel.Error, "The request to {Path} failed in the host.")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);
}
