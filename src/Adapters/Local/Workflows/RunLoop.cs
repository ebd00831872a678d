namespace Portable.Local;

/// <summary>
/// The one thread at a time of a run: the continuations of its body, and what the journal has kept, one after the other. The body goes on
/// as far as it can before the next entry is applied, so that a replay of the same entries takes the same course.
/// </summary>
/// <param name="apply">Applies an entry; <see langword="null"/> marks the end of what is replayed.</param>
internal sealed class RunLoop(Action<RunEvent?> apply) : SynchronizationContext
{
    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private readonly Queue<RunEvent?> _entries = new();
    private bool _open;
    private bool _running;
    private bool _closed;

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_running;
            }
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _work.Enqueue((d, state));
                Run();
            }
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("A workflow does not block.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins to apply entries.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _open = true;
            Run();
        }
    }

    /// <summary>Applies entries after those that are waiting.</summary>
    public void Add(params ReadOnlySpan<RunEvent?> entries)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            foreach (var entry in entries)
            {
                _entries.Enqueue(entry);
            }

            Run();
        }
    }

    /// <summary>Ends the loop; whatever waits is forgotten.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _work.Clear();
            _entries.Clear();
        }
    }

    private void Run()
    {
        if (_open && !_running)
        {
            _running = true;
            ThreadPool.QueueUserWorkItem(static loop => ((RunLoop)loop!).Drain(), this);
        }
    }

    private void Drain()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (true)
            {
                (SendOrPostCallback Callback, object? State) work = default;
                RunEvent? entry = null;
                lock (_gate)
                {
                    if (!_work.TryDequeue(out work) && !_entries.TryDequeue(out entry))
                    {
                        _running = false;
                        return;
                    }
                }

                if (work.Callback is { } callback)
                {
                    callback(work.State);
                }
                else
                {
                    apply(entry);
                }
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
