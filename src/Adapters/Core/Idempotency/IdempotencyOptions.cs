namespace Portable;

/// <summary>How idempotent functions of an application behave, whatever the store; <c>app.ConfigureIdempotency(...)</c> sets it.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>The largest result that is kept, in bytes: 256 KiB. The answer of an HTTP function counts with its headers.</summary>
    public int LargestResult { get; set; } = 256 * 1024;

    /// <summary>How long a duplicate of an HTTP request waits for the answer of the first, before it is answered with 409: 10 seconds.</summary>
    public TimeSpan WaitForOther { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a duplicate that waits asks the store: at first after this time, then less and less often.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the store may take for an answer; after that it counts as out: 5 seconds.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time that a handler has where neither <see cref="FunctionAttribute.TimeoutSeconds"/> nor the platform limits it: 5 minutes. Its
    /// <c>CancellationToken</c> is cancelled then. Without a limit there would be no moment from which on another caller may take over.
    /// </summary>
    public TimeSpan HandlerTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after the end of the handler's time the key stays the owner's: time for the platform to end the process. 5 seconds.</summary>
    public TimeSpan LeaseMargin { get; set; } = TimeSpan.FromSeconds(5);

    internal static IdempotencyOptions Default { get; } = new();

    internal void Validate()
    {
        Positive(WaitForOther + TimeSpan.FromTicks(1), nameof(WaitForOther)); // 0 is fine: no waiting
        Positive(PollInterval, nameof(PollInterval));
        Positive(StoreTimeout, nameof(StoreTimeout));
        Positive(HandlerTime, nameof(HandlerTime));
        Positive(LeaseMargin + TimeSpan.FromTicks(1), nameof(LeaseMargin));
        if (LargestResult < 0)
        {
            throw new ArgumentException($"{nameof(LargestResult)} is negative.");
        }
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{name} is not a positive time.");
        }
    }
}
