using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// A retry policy as engines count it: retries after the first call, waits in whole seconds. The waits are those of
/// <c>RetryPolicy.DelayAfter</c> in the runtime, which knows no wait beyond a day.
/// </summary>
/// <param name="Retries">Calls after the first one.</param>
/// <param name="FirstDelay">The wait before the second call.</param>
/// <param name="Rate">What each further wait is multiplied with.</param>
/// <param name="LongestDelay">The longest wait.</param>
/// <param name="ReachesLongest">Whether a wait would grow beyond it.</param>
internal sealed record RetryPlan(int Retries, int FirstDelay, double Rate, int LongestDelay, bool ReachesLongest)
{
    private const int Day = 86_400;

    /// <summary>The plan; <see langword="null"/> when there is one call only.</summary>
    public static RetryPlan? Of(RetryModel? retry)
    {
        if (retry is null or { MaxAttempts: 1 })
        {
            return null;
        }

        var longest = retry.MaxIntervalSeconds > 0 ? retry.MaxIntervalSeconds : Day;
        var first = Math.Min(retry.IntervalSeconds, longest);
        var reaches = first * Math.Pow(retry.BackoffRate, retry.MaxAttempts - 2) > longest;

        // From the longest wait on there is nothing to grow.
        return reaches && first == longest
            ? new RetryPlan(retry.MaxAttempts - 1, first, 1, longest, false)
            : new RetryPlan(retry.MaxAttempts - 1, first, retry.BackoffRate, longest, reaches);
    }
}

/// <summary>How long an engine waits for a call.</summary>
internal static class EngineTimeout
{
    /// <summary>
    /// A step's own timeout is applied where it runs. The engine's is a net under it, wide enough for a cold start, for the case
    /// that no answer comes at all.
    /// </summary>
    public const int GraceSeconds = 10;

    public static int? Of(StepModel step) => step.TimeoutSeconds == 0 ? null
        : step.Endpoint is null ? step.TimeoutSeconds + GraceSeconds
        : step.TimeoutSeconds;
}
