namespace Portable.Idempotency;

/// <summary>
/// The time of the service, from the <c>Date</c> headers of its answers. The clock of this process is used only for how long ago an answer was, and that twice:
/// by its monotonic counter, which a frozen process may not see go on, and by its wall clock, which may be set. The wider of both bounds holds, so that neither
/// a wrong clock nor a freeze makes a lease shorter, or look older, than it is.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>How old an answer may be; the older, the wider the bounds.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(60);

    private Reading? _reading;

    /// <summary>What to remember when a request is sent.</summary>
    public Moment Sent() => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Takes the date of the answer to a request.</summary>
    public void Observe(Moment sent, DateTimeOffset date) => Volatile.Write(ref _reading, new Reading(date, sent, Sent()));

    /// <summary>The latest that the service's clock can show now; <see langword="null"/> when it has not been heard of lately.</summary>
    public DateTimeOffset? Latest()
    {
        if (Volatile.Read(ref _reading) is not { } reading)
        {
            return null;
        }

        // The header has whole seconds, and it may have been written as soon as the request was sent.
        var (monotonic, wall) = Since(reading.Sent);
        var elapsed = monotonic > wall ? monotonic : wall;
        return elapsed > Stale ? null : reading.Date + TimeSpan.FromSeconds(1) + elapsed;
    }

    /// <summary>The earliest that the service's clock can show now.</summary>
    public DateTimeOffset? Earliest()
    {
        if (Volatile.Read(ref _reading) is not { } reading)
        {
            return null;
        }

        var (monotonic, wall) = Since(reading.Received);
        var elapsed = monotonic < wall ? monotonic : wall;
        return reading.Date + (elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero);
    }

    private (TimeSpan Monotonic, TimeSpan Wall) Since(Moment moment) => (time.GetElapsedTime(moment.Timestamp), time.GetUtcNow() - moment.Wall);

    /// <summary>A moment by both clocks of this process.</summary>
    public readonly record struct Moment(long Timestamp, DateTimeOffset Wall);

    private sealed record Reading(DateTimeOffset Date, Moment Sent, Moment Received);
}
