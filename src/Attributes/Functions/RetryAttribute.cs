namespace Portable;

/// <summary>
/// How often a step, inference or message is tried again. The number counts <b>all</b> calls, the first one included,
/// on every engine and cloud. Without it a step is called once, a message is delivered 5 times and the firing of a schedule is tried 3 times, each
/// wait twice the one before it, on every cloud alike.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>The most calls in total, 1 or more. The default is 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// The error codes that are tried again (<see cref="StepFailed.Code"/>); every failure when empty. Compared ordinally.
    /// </summary>
    public string[] On { get; set; } = [];

    /// <summary>The wait before the second call, in seconds, 1 or more. The default is 1.</summary>
    public int IntervalSeconds { get; set; } = 1;

    /// <summary>What each further wait is multiplied with, 1 or more. The default is 2.</summary>
    public double BackoffRate { get; set; } = 2;

    /// <summary>The longest wait between two calls, in seconds; 0 means no limit.</summary>
    public int MaxIntervalSeconds { get; set; }

    /// <summary>
    /// Whether each wait is a random part of what it would be, so that many runs do not call again at the same moment. Google Workflows
    /// waits in full.
    /// </summary>
    public bool Jitter { get; set; }
}
