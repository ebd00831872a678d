namespace Portable.Local;

/// <summary>Calls back once a time has come, however far away it is.</summary>
internal sealed class Alarm : IDisposable
{
    // Timers count milliseconds in 32 bits: 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _due;
    private readonly object _gate = new();
    private Action? _ring;
    private ITimer? _timer;

    private Alarm(TimeProvider time, DateTimeOffset due, Action ring) => (_time, _due, _ring) = (time, due, ring);

    /// <summary>Sets an alarm. It may ring within this call.</summary>
    public static Alarm Set(TimeProvider time, DateTimeOffset due, Action ring)
    {
        var alarm = new Alarm(time, due, ring);
        alarm.Arm();
        return alarm;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ring = null;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Arm()
    {
        Action? ring = null;
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            var left = _due - _time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                (ring, _ring) = (_ring, null);
            }
            else if (_ring is not null)
            {
                _timer = _time.CreateTimer(static alarm => ((Alarm)alarm!).Arm(), this, left < Longest ? Rounded(left) : Longest, Timeout.InfiniteTimeSpan);
            }
        }

        ring?.Invoke();
    }

    // The system's timers round down to milliseconds and would ring too early. Clocks of tests are exact, and so are their waits.
    private TimeSpan Rounded(TimeSpan left) => _time == TimeProvider.System ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : left;
}
