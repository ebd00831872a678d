namespace Portable.Testing;

/// <summary>A clock that goes on to the next timer when it is told to.</summary>
internal sealed class VirtualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(Timer Timer, long Armed), (long Due, long Order)> _timers = new();
    private readonly object _gate = new();
    private long _ticks = start.UtcTicks;
    private long _order;
    private int _waitingSteps;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => GetUtcNow() - start;

    /// <summary>How many steps are under way that do nothing but take their time here.</summary>
    public int WaitingSteps => Volatile.Read(ref _waitingSteps);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>A step takes its time, if only to be counted.</summary>
    public Task TakeAsync(TimeSpan duration)
    {
        var end = new TaskCompletionSource();
        Interlocked.Increment(ref _waitingSteps);
        CreateTimer(
            _ =>
            {
                Interlocked.Decrement(ref _waitingSteps);
                end.SetResult();
            },
            null,
            duration,
            Timeout.InfiniteTimeSpan);
        return end.Task;
    }

    /// <summary>Moves on to the next timer and fires it on this thread; <see langword="false"/> when there is none.</summary>
    public bool MoveOn() => MoveOn(DateTimeOffset.MaxValue);

    /// <summary>The same up to an instant, which it moves on to when there is no timer before.</summary>
    public bool MoveOn(DateTimeOffset until)
    {
        while (true)
        {
            Timer timer;
            lock (_gate)
            {
                if (!_timers.TryPeek(out var next, out var key) || (key.Due > until.UtcTicks && next.Timer.IsArmed(next.Armed)))
                {
                    if (until != DateTimeOffset.MaxValue)
                    {
                        Interlocked.Exchange(ref _ticks, Math.Max(_ticks, until.UtcTicks));
                    }

                    return false;
                }

                _timers.Dequeue();
                if (!next.Timer.IsArmed(next.Armed))
                {
                    continue;
                }

                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, key.Due));
                timer = next.Timer;
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

    private sealed class Timer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private long _armed = -1;

        public bool IsArmed(long order) => Interlocked.Read(ref _armed) == order;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    Interlocked.Exchange(ref _armed, -1);
                    return true;
                }

                var order = clock._order++;
                Interlocked.Exchange(ref _armed, order);
                clock._timers.Enqueue((this, order), (clock._ticks + dueTime.Ticks, order));
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
