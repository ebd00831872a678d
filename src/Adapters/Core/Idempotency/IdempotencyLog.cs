using Microsoft.Extensions.Logging;

namespace Portable.Runtime.Idempotency;

internal static partial class IdempotencyLog
{
    [LoggerMessage(40, LogLevel.Error, "{Function} was not run in invocation {InvocationId}: the idempotency store is out.")]
    public static partial void StoreOut(ILogger logger, string function, string invocationId, Exception exception);

    [LoggerMessage(41, LogLevel.Warning, "{Function} runs in invocation {InvocationId} although the idempotency store is out, as OnStoreFailure says: it may run twice.")]
    public static partial void RunsAnyway(ILogger logger, string function, string invocationId, Exception exception);

    [LoggerMessage(42, LogLevel.Error, "{Function} did its work for {Key}, but the idempotency store did not take the result: a duplicate that arrives after the lease runs it again.")]
    public static partial void NotRecorded(ILogger logger, string function, string key, Exception exception);

    [LoggerMessage(43, LogLevel.Error, "{Function} worked on {Key} for longer than its lease, and another caller took over: the work may be done twice.")]
    public static partial void LeaseLost(ILogger logger, string function, string key);

    [LoggerMessage(44, LogLevel.Warning, "{Function} has a result of {Size} bytes for {Key}, more than the {Limit} that are kept: duplicates are told that the work is done, not its result.")]
    public static partial void ResultTooLarge(ILogger logger, string function, string key, int size, int limit);

    [LoggerMessage(45, LogLevel.Warning, "{Function} failed for {Key}, and the idempotency store could not be told: the next attempt runs when the lease has ended.")]
    public static partial void NotReleased(ILogger logger, string function, string key, Exception exception);

    [LoggerMessage(46, LogLevel.Information, "{Function} has done {Key} before: a duplicate was not run again.")]
    public static partial void Duplicate(ILogger logger, string function, string key);

    [LoggerMessage(47, LogLevel.Warning, "{Function} is doing {Key} elsewhere: a duplicate was not run.")]
    public static partial void InProgress(ILogger logger, string function, string key);
}
