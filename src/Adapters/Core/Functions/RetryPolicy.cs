namespace Portable.Runtime;

/// <summary>A retry policy in the project's own terms; see <see cref="RetryAttribute"/>.</summary>
/// <param name="MaxAttempts">All calls, the first one included.</param>
/// <param name="On">The error codes that are tried again; all when empty.</param>
/// <param name="Interval">The wait before the second call.</param>
/// <param name="BackoffRate">What each further wait is multiplied with.</param>
/// <param name="MaxInterval">The longest wait, or <see langword="null"/>.</param>
/// <param name="Jitter">Whether each wait is a random part of what it would be.</param>
public sealed record RetryPolicy(int MaxAttempts, IReadOnlyList<string> On, TimeSpan Interval, double BackoffRate, TimeSpan? MaxInterval, bool Jitter = false)
{
    /// <summary>One call, never again.</summary>
    public static RetryPolicy Once { get; } = new(1, [], TimeSpan.FromSeconds(1), 1, null);

    /// <summary>A policy from the values of an attribute; emitted code calls this.</summary>
    public static RetryPolicy Create(int maxAttempts, int intervalSeconds = 1, double backoffRate = 2, int maxIntervalSeconds = 0, params string[] on) =>
        new(maxAttempts, on, TimeSpan.FromSeconds(intervalSeconds), backoffRate, maxIntervalSeconds > 0 ? TimeSpan.FromSeconds(maxIntervalSeconds) : null);

    /// <summary>Whether a failure with this code is tried again after this many calls.</summary>
    public bool Allows(string code, int callsSoFar) => callsSoFar < MaxAttempts && (On.Count == 0 || On.Contains(code, StringComparer.Ordinal));

    /// <summary>The wait after this many calls.</summary>
    public TimeSpan DelayAfter(int callsSoFar)
    {
        var ticks = Interval.Ticks * Math.Pow(BackoffRate, callsSoFar - 1);
        var limit = (MaxInterval ?? TimeSpan.FromDays(1)).Ticks;
        return TimeSpan.FromTicks(ticks < limit ? (long)ticks : limit);
    }

    /// <summary>The wait after this many calls, of which jitter leaves a part.</summary>
    /// <param name="callsSoFar">The calls so far.</param>
    /// <param name="seed">What the part is taken from, so that it is the same whenever it is asked for.</param>
    public TimeSpan DelayAfter(int callsSoFar, string seed) =>
        Jitter ? TimeSpan.FromTicks((long)(DelayAfter(callsSoFar).Ticks * Seeded.Fraction(seed))) : DelayAfter(callsSoFar);
}
