namespace Portable.Testing.Durable;

/// <summary>
/// One turn: the orchestrator from its start, fed with the history. Continuations run only here, on this thread; whatever comes from
/// elsewhere is a foreign await.
/// </summary>
internal sealed class ReplayTurn
{
    private readonly DateTimeOffset _start;
    private readonly Dictionary<int, Open> _open = [];
    private readonly SortedDictionary<int, HistoryEvent> _decided = [];
    private readonly TurnContext _context = new();
    private readonly Dictionary<string, Stack<TaskCompletionSource<string>>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string>> _raised = new(StringComparer.OrdinalIgnoreCase);
    private int _next;

    public ReplayTurn(DateTimeOffset start) => Now = _start = start;

    public DateTimeOffset Now { get; private set; }

    public bool IsReplaying { get; private set; } = true;

    /// <summary>What the orchestrator asked for beyond the history.</summary>
    public IEnumerable<HistoryEvent> Decided => _decided.Values;

    /// <summary>The events that the orchestrator waits for.</summary>
    public IEnumerable<string> Awaited => _waiting.Where(static entry => entry.Value.Any(static wait => !wait.Task.IsCompleted)).Select(static entry => entry.Key);

    /// <summary>Runs the turn.</summary>
    /// <returns>The orchestrator's task; it may be waiting.</returns>
    public Task<string?> Run(Func<Task<string?>> orchestrator, IReadOnlyList<HistoryEvent> history)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            var lastTurn = history.Select(static (happened, index) => (happened, index)).Last(static entry => entry.happened.Kind == HistoryEventKind.TurnStarted).index;
            Task<string?>? task = null;
            for (var i = 0; i < history.Count; i++)
            {
                var happened = history[i];
                IsReplaying = i < lastTurn;
                if (happened.Kind == HistoryEventKind.TurnStarted)
                {
                    Now = _start + happened.At;
                    continue;
                }

                // The orchestrator starts in the first turn, before anything else happens.
                task ??= Start(orchestrator);
                Apply(happened);
                _context.Drain();
            }

            IsReplaying = false;
            task ??= Start(orchestrator);
            _context.Drain();
            return task;
        }
        finally
        {
            _context.Close();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public (int Id, Task<string> Result) Schedule(string name, string? input)
    {
        var completion = Decide(id => new HistoryEvent(default, HistoryEventKind.ActivityScheduled, id, name, input), out var id);
        return (id, completion.Task);
    }

    public (int Id, Task<string> Result) StartChild(string name, string? input, string instance)
    {
        var completion = Decide(id => new HistoryEvent(default, HistoryEventKind.SubOrchestrationCreated, id, name, input) { Instance = instance }, out var id);
        return (id, completion.Task);
    }

    public Task<string> WaitForEvent(string name, CancellationToken cancellation)
    {
        CheckThread();
        var wait = new TaskCompletionSource<string>();
        if (_raised.TryGetValue(name, out var raised) && raised.TryDequeue(out var payload))
        {
            wait.SetResult(payload);
            return wait.Task;
        }

        if (!_waiting.TryGetValue(name, out var waiting))
        {
            _waiting[name] = waiting = new Stack<TaskCompletionSource<string>>();
        }

        waiting.Push(wait);
        if (cancellation.CanBeCanceled)
        {
            cancellation.Register(() => wait.TrySetCanceled(cancellation), useSynchronizationContext: false);
        }

        return wait.Task;
    }

    public Task SetTimer(DateTimeOffset fireAt, CancellationToken cancellation)
    {
        var completion = Decide(id => new HistoryEvent(default, HistoryEventKind.TimerCreated, id) { FireAt = fireAt }, out _);
        if (cancellation.CanBeCanceled)
        {
            cancellation.Register(() => completion.TrySetCanceled(cancellation), useSynchronizationContext: false);
        }

        return completion.Task;
    }

    private Task<string?> Start(Func<Task<string?>> orchestrator)
    {
        Task<string?> task;
        try
        {
            task = Observed(orchestrator());
        }
        catch (Exception e) when (e is not NonDeterminismException)
        {
            task = Task.FromException<string?>(e);
        }

        _context.Drain();
        return task;
    }

    // Completion elsewhere than on the orchestrator's thread must not count: the real engine does not see it either.
    private static async Task<string?> Observed(Task<string?> task) => await task;

    private TaskCompletionSource<string> Decide(Func<int, HistoryEvent> describe, out int id)
    {
        CheckThread();
        id = _next++;
        var open = new Open(describe(id));
        _open.Add(id, open);
        _decided.Add(id, open.Decision);
        return open.Completion;
    }

    private void CheckThread()
    {
        if (SynchronizationContext.Current != _context)
        {
            throw new InvalidOperationException("An invalid asynchronous invocation was detected: the orchestrator used its context outside the orchestrator thread.");
        }
    }

    private void Apply(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case var _ when happened.IsDecision:
                if (!_decided.Remove(happened.Id, out var decided))
                {
                    throw new NonDeterminismException($"A previous run decided {happened.Describe()}, but the replay decided nothing there.");
                }

                if (!decided.Decides(happened))
                {
                    throw new NonDeterminismException($"A previous run decided {happened.Describe()}, but the replay decided {decided.Describe()}.");
                }

                break;
            case HistoryEventKind.EventRaised:
                Raise(happened.Name!, happened.Data!);
                break;
            case HistoryEventKind.ActivityCompleted or HistoryEventKind.SubOrchestrationCompleted:
                Take(happened).TrySetResult(happened.Data!);
                break;
            case HistoryEventKind.ActivityFailed or HistoryEventKind.SubOrchestrationFailed:
                Take(happened).TrySetException(new ReplayTaskFailedException(happened.Name!, happened.Id, happened.Failure!));
                break;
            case HistoryEventKind.TimerFired:
                Take(happened).TrySetResult("null");
                break;
        }
    }

    private TaskCompletionSource<string> Take(HistoryEvent happened) => _open.Remove(happened.Id, out var open)
        ? open.Completion
        : throw new NonDeterminismException($"The history completes #{happened.Id}, which the replay never started.");

    private void Raise(string name, string payload)
    {
        if (_waiting.TryGetValue(name, out var waiting) && waiting.TryPop(out var wait))
        {
            wait.TrySetResult(payload);
            return;
        }

        if (!_raised.TryGetValue(name, out var raised))
        {
            _raised[name] = raised = new Queue<string>();
        }

        raised.Enqueue(payload);
    }

    private sealed class Open(HistoryEvent decision)
    {
        public HistoryEvent Decision { get; } = decision;

        public TaskCompletionSource<string> Completion { get; } = new();
    }

    /// <summary>Collects the orchestrator's continuations and runs them in order.</summary>
    private sealed class TurnContext : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private bool _closed;

        public override void Post(SendOrPostCallback d, object? state)
        {
            // A continuation from another thread belongs to a foreign task, one that arrives after the turn to nobody. The next turn starts anew.
            if (Environment.CurrentManagedThreadId == _thread && !_closed)
            {
                _queue.Enqueue((d, state));
            }
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator does not block.");

        public void Drain()
        {
            while (_queue.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }
        }

        public void Close() => _closed = true;
    }
}
