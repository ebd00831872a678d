using Portable.Runtime;

namespace Portable.Local;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It has returned; see <see cref="LocalRun.Output"/>.</summary>
    Succeeded,

    /// <summary>It has failed; see <see cref="LocalRun.Failure"/>.</summary>
    Failed,
}

/// <summary>What a run waits for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The step, event or workflow; <c>delay</c> or <c>until</c> for a wait of the workflow's own.</param>
/// <param name="Key">Where in the workflow.</param>
/// <param name="Until">When the wait ends at the latest, where it has an end.</param>
public sealed record RunWait(OperationKind Kind, string Name, string Key, DateTimeOffset? Until);

/// <summary>One run of a workflow.</summary>
public sealed class LocalRun
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RunEvent> _history;
    private readonly IRunJournal _journal;
    private readonly TimeProvider _time;
    private bool _ended;
    private int _unkept;

    internal LocalRun(string id, string workflow, TimeProvider time, IRunJournal journal, IReadOnlyList<RunEvent>? entries = null)
    {
        Id = id;
        Workflow = workflow;
        _time = time;
        _journal = journal;
        _history = [.. entries ?? []];
        if (_history.Count > 0)
        {
            _kept.SetResult();
            if (_history[^1] is { EndsRun: true } end)
            {
                _ended = true;
                End(end);
            }
        }
    }

    /// <summary>The identifier of the run.</summary>
    public string Id { get; }

    /// <summary>The name of the workflow.</summary>
    public string Workflow { get; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; private set; }

    /// <summary>The result as JSON, once it has succeeded.</summary>
    public string? Output { get; private set; }

    /// <summary>Why it failed, once it has.</summary>
    public StepFailure? Failure { get; private set; }

    /// <summary>
    /// Ends when the run does, successfully whatever became of it; also when the host stops and the run will go on in the next process,
    /// then with <see cref="RunStatus.Running"/>.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<RunEvent> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>Who started it; <see langword="null"/> where nobody is known.</summary>
    public RunOrigin? Origin
    {
        get
        {
            lock (_gate)
            {
                return _history.Count > 0 ? _history[0].Origin : null;
            }
        }
    }

    /// <summary>How often each step was called so far.</summary>
    public IReadOnlyDictionary<string, int> Calls =>
        History.Where(entry => entry.Kind == RunEventKind.StepStarted).GroupBy(entry => entry.Step!).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>What it waits for now.</summary>
    public IReadOnlyList<RunWait> WaitingFor => Status == RunStatus.Running ? Execution?.WaitingFor ?? [] : [];

    /// <summary>Whether nothing happens in the run until time passes or something comes from outside.</summary>
    public bool IsIdle => _completion.Task.IsCompleted || (Volatile.Read(ref _unkept) == 0 && Execution?.IsIdle == true);

    /// <summary>Whether nothing happens until a step ends, time passes or something comes from outside. For tests in virtual time.</summary>
    internal bool IsWaiting => Volatile.Read(ref _unkept) == 0 && Execution?.IsWaiting != false;

    /// <summary>Ends once the journal has the run.</summary>
    internal Task Kept => _kept.Task;

    internal LocalWorkflow? Execution { get; set; }

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Adds an entry, unless the run has ended: a body that its run's timeout has left behind may go on for a while.</summary>
    /// <param name="entry">The entry; the time is filled in.</param>
    /// <param name="kept">Called when the journal has it.</param>
    internal bool Append(RunEvent entry, Action<RunEvent>? kept = null)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            _ended = entry.EndsRun;
            entry = entry with { At = _time.GetUtcNow() };
            _history.Add(entry);
            Interlocked.Increment(ref _unkept);
            _journal.Append(Id, Workflow, entry, error => OnKept(entry, kept, error));
            return true;
        }
    }

    /// <summary>The host stops; the run goes on in the next process.</summary>
    internal void Suspend() => _completion.TrySetResult();

    private void OnKept(RunEvent entry, Action<RunEvent>? kept, Exception? error)
    {
        _kept.TrySetResult();
        if (error is not null)
        {
            lock (_gate)
            {
                _ended = true;
            }

            End(new RunEvent(entry.At, RunEventKind.Failed, Failure: new StepFailure("JournalFailed", $"The journal could not be written: {error.Message}")));
        }
        else if (entry.EndsRun)
        {
            End(entry);
        }
        else
        {
            kept?.Invoke(entry);
        }

        Interlocked.Decrement(ref _unkept);
    }

    private void End(RunEvent entry)
    {
        Output = entry.Json;
        Failure = entry.Failure;
        Status = entry.Kind == RunEventKind.Succeeded ? RunStatus.Succeeded : RunStatus.Failed;
        if (Execution is { } execution)
        {
            // Not within the journal's thread: it cancels steps, whose code may run at once.
            ThreadPool.UnsafeQueueUserWorkItem(static execution => execution.End(), execution, preferLocal: false);
        }

        _completion.TrySetResult();
    }
}
