namespace Portable.Testing;

/// <summary>
/// Time that passes only when everything in a run waits. Branches that run side by side take turns, always in the same order:
/// by due time, then by when they began to wait.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start)
{
    private readonly PriorityQueue<TaskCompletionSource, (TimeSpan Due, long Order)> _waiting = new();
    private readonly object _gate = new();
    private int _running = 1;
    private long _order;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Now => start + Elapsed;

    /// <summary>Waits, without waiting.</summary>
    public Task DelayAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue(wait, (Elapsed + delay, _order++));
            _running--;
            Advance();
        }

        return wait.Task;
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
                var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn, (Elapsed, _order++));
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

    private void Advance()
    {
        if (_running == 0 && _waiting.TryDequeue(out var next, out var key))
        {
            Elapsed = key.Due;
            _running++;
            next.SetResult();
        }
    }
}
