namespace Portable.Aws.Services;

/// <summary>
/// Tries calls again that failed for a reason that passes: three attempts, up to 100 and 200 milliseconds apart, by chance, as a function that waits costs
/// money and everybody else's retry arrives at the same time.
/// </summary>
internal sealed class AwsRetry(TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes a call.</summary>
    /// <exception cref="AwsApiException">The service refused it, the last time at least.</exception>
    /// <exception cref="HttpRequestException">The service could not be reached.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < Attempts && IsTransient(e))
            {
                await Task.Delay(First * attempt * Random.Shared.NextDouble(), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether another attempt may succeed.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        AwsApiException error => error.Status is 429 or >= 500 || IsTransient(error.Code),
        HttpRequestException => true,
        _ => false,
    };

    /// <summary>Whether the name of an error says that it passes. The names are those that AWS's SDKs retry.</summary>
    public static bool IsTransient(string code) =>
        code.Contains("Throttl", StringComparison.OrdinalIgnoreCase)
        || code is "RequestTimeout" or "RequestTimeoutException" or "SlowDown" or "TooManyRequestsException" or "ProvisionedThroughputExceededException" or "PriorRequestNotComplete"
            or "InternalFailure" or "InternalException" or "InternalError" or "ServiceUnavailable";
}
