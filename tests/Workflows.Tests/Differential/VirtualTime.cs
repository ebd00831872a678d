namespace Portable.Workflows.Tests.Differential;

/// <summary>A clock that goes on to the next timer when it is told to; waits of scripted steps are counted.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Due, long Order)> _timers = new();
    private readonly Lock _gate = new();
    private long _ticks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _order;
    private int _steps;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many steps are under way, all of them waiting here.</summary>
    public int WaitingSteps => Volatile.Read(ref _steps);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>A step takes its time.</summary>
    public Task TakeAsync(TimeSpan duration)
    {
        var end = new TaskCompletionSource();
        Interlocked.Increment(ref _steps);
        CreateTimer(
            _ =>
            {
                Interlocked.Decrement(ref _steps);
                end.SetResult();
            },
            null,
            duration,
            Timeout.InfiniteTimeSpan);
        return end.Task;
    }

    /// <summary>Moves on to the next timer and fires it here; <see langword="false"/> when there is none.</summary>
    public bool MoveOn()
    {
        while (true)
        {
            Timer? timer;
            lock (_gate)
            {
                if (!_timers.TryDequeue(out timer, out var key))
                {
                    return false;
                }

                if (!timer.IsArmedFor(key.Order))
                {
                    continue;
                }

                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, key.Due));
            }

            timer.Fire();
            return true;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(VirtualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private long _armed = -1;

        public bool IsArmedFor(long order) => Interlocked.Read(ref _armed) == order;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    _armed = -1;
                    return true;
                }

                _armed = clock._order++;
                clock._timers.Enqueue(this, (clock._ticks + dueTime.Ticks, _armed));
                return true;
            }
        }

        public void Dispose() => Interlocked.Exchange(ref _armed, -1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
