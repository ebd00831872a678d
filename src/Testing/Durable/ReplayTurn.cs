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
    private int _next;

    public ReplayTurn(DateTimeOffset start) => Now = _start = start;

    public DateTimeOffset Now { get; private set; }

    public bool IsReplaying { get; private set; } = true;

    /// <summary>What the orchestrator asked for beyond the history.</summary>
    public IEnumerable<HistoryEvent> Decided => _decided.Values;

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
        if (SynchronizationContext.Current != _context)
        {
            throw new InvalidOperationException("An invalid asynchronous invocation was detected: the orchestrator used its context outside the orchestrator thread.");
        }

        id = _next++;
        var open = new Open(describe(id));
        _open.Add(id, open);
        _decided.Add(id, open.Decision);
        return open.Completion;
    }

    private void Apply(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case HistoryEventKind.ActivityScheduled or HistoryEventKind.TimerCreated:
                if (!_decided.Remove(happened.Id, out var decided))
                {
                    throw new NonDeterminismException($"A previous run decided #{happened.Id} ({Describe(happened)}), but the replay decided nothing there.");
                }

                if (decided.Kind != happened.Kind || decided.Name != happened.Name || decided.Data != happened.Data || decided.FireAt != happened.FireAt)
                {
                    throw new NonDeterminismException($"A previous run decided #{happened.Id} ({Describe(happened)}), but the replay decided {Describe(decided)}.");
                }

                break;
            case HistoryEventKind.ActivityCompleted:
                Take(happened).TrySetResult(happened.Data!);
                break;
            case HistoryEventKind.ActivityFailed:
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

    private static string Describe(HistoryEvent decision) => decision.Kind == HistoryEventKind.TimerCreated
        ? $"a timer for {decision.FireAt:o}"
        : $"activity '{decision.Name}' with {decision.Data}";

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
