namespace Portable.Testing;

/// <summary>
/// Time that passes only when everything in a run waits. Branches that run side by side take turns, always in the same order:
/// by due time, then by when they began to wait. What the world does at a time (<see cref="At"/>) happens before what waits for that time.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start)
{
    private readonly PriorityQueue<Entry, (TimeSpan Due, long Order)> _queue = new();
    private readonly Queue<Wait> _endless = new();
    private readonly object _gate = new();
    private int _running = 1;
    private long _order;
    private bool _advancing;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => start + Elapsed;

    /// <summary>Waits, without waiting.</summary>
    public Task DelayAsync(TimeSpan delay) => delay <= TimeSpan.Zero ? Task.CompletedTask : WaitAsync(delay, "", []);

    /// <summary>Waits until a signal comes or the time is over. A signal that comes at the very end counts.</summary>
    /// <param name="delay">How long; <see langword="null"/> for as long as it takes.</param>
    /// <param name="purpose">What for, in case nothing ever comes.</param>
    /// <param name="signals">What ends the wait.</param>
    /// <returns>Whether a signal ended it.</returns>
    public Task<bool> WaitAsync(TimeSpan? delay, string purpose, params IEnumerable<Signal> signals)
    {
        List<Signal> heard = [.. signals];
        if (heard.Exists(static signal => signal.IsSet) || delay <= TimeSpan.Zero)
        {
            return Task.FromResult(heard.Exists(static signal => signal.IsSet));
        }

        var wait = new Wait(purpose);
        lock (_gate)
        {
            foreach (var signal in heard)
            {
                signal.Heard += () => Wake(wait);
            }

            if (delay is { } time)
            {
                _queue.Enqueue(new Entry(wait, null), (Elapsed + time, _order++));
            }
            else
            {
                _endless.Enqueue(wait);
            }

            _running--;
            Advance();
        }

        return wait.Task;
    }

    /// <summary>Does something when a time comes, unless the run is over before.</summary>
    /// <param name="time">Since the start.</param>
    /// <param name="action">What happens; it takes no time and waits for nothing.</param>
    /// <param name="afterwards">Whether everything else at that time comes first, as for a limit that may be reached but not passed.</param>
    public void At(TimeSpan time, Action action, bool afterwards = false)
    {
        lock (_gate)
        {
            _queue.Enqueue(new Entry(null, action), (time > Elapsed ? time : Elapsed, afterwards ? long.MaxValue : long.MinValue + _order++));
        }
    }

    /// <summary>Runs branches side by side, one at a time; returns when all of them have ended.</summary>
    public async Task RunAllAsync(IReadOnlyList<Func<Task>> branches)
    {
        if (branches.Count == 0)
        {
            return;
        }

        var remaining = branches.Count;
        var ends = new List<Task>(branches.Count);
        lock (_gate)
        {
            foreach (var branch in branches)
            {
                var turn = new Wait("");
                _queue.Enqueue(new Entry(turn, null), (Elapsed, _order++));
                ends.Add(Branch(turn.Task, branch));
            }

            _running--;
            Advance();
        }

        // The branch that ends last does not give up its turn: the caller goes on in it.
        await Task.WhenAll(ends).ConfigureAwait(false);

        async Task Branch(Task turn, Func<Task> body)
        {
            await turn.ConfigureAwait(false);
            try
            {
                await body().ConfigureAwait(false);
            }
            finally
            {
                lock (_gate)
                {
                    if (--remaining > 0)
                    {
                        _running--;
                        Advance();
                    }
                }
            }
        }
    }

    /// <summary>Lets something go on beside what runs now; its end is for it to tell.</summary>
    /// <param name="body">What runs; it does not throw.</param>
    public void Start(Func<Task> body)
    {
        var turn = new Wait("");
        lock (_gate)
        {
            _queue.Enqueue(new Entry(turn, null), (Elapsed, _order++));
        }

        _ = Run();

        async Task Run()
        {
            await turn.Task.ConfigureAwait(false);
            await body().ConfigureAwait(false);
            lock (_gate)
            {
                _running--;
                Advance();
            }
        }
    }

    private void Wake(Wait wait)
    {
        lock (_gate)
        {
            if (!wait.Ended && !wait.Woken)
            {
                wait.Woken = true;
                _queue.Enqueue(new Entry(wait, null), (Elapsed, _order++));
            }
        }
    }

    private void Advance()
    {
        if (_advancing)
        {
            return;
        }

        _advancing = true;
        while (_running == 0)
        {
            if (!_queue.TryDequeue(out var next, out var key))
            {
                // Nothing will ever happen again.
                if (Forgotten() is { } stuck)
                {
                    _running++;
                    stuck.Fail();
                }

                break;
            }

            if (next.Wait?.Ended == true)
            {
                continue;
            }

            Elapsed = key.Due;
            next.Action?.Invoke();
            if (next.Wait is { } wait)
            {
                _running++;
                wait.End();
            }
        }

        _advancing = false;
    }

    private Wait? Forgotten()
    {
        while (_endless.TryDequeue(out var wait))
        {
            if (!wait.Ended)
            {
                return wait;
            }
        }

        return null;
    }

    /// <summary>Something to wait for; once set it stays set.</summary>
    internal sealed class Signal
    {
        public event Action? Heard;

        public bool IsSet { get; private set; }

        public void Set()
        {
            if (!IsSet)
            {
                IsSet = true;
                Heard?.Invoke();
            }
        }
    }

    private readonly record struct Entry(Wait? Wait, Action? Action);

    private sealed class Wait(string purpose)
    {
        private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Task => _end.Task;

        public bool Ended { get; private set; }

        public bool Woken { get; set; }

        public void End()
        {
            Ended = true;
            _end.SetResult(Woken);
        }

        public void Fail()
        {
            Ended = true;
            _end.SetException(new SimulationLimitException($"The run waits for ever for {purpose}: nothing is left that could happen."));
        }
    }
}
