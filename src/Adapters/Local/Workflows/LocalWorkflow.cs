using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// Executes one run: the body on a loop of its own, and around it what the body asks for. Whatever the body learns comes to it as an entry
/// of the journal, in the journal's order. A run that goes on in another process therefore takes the same course: its body starts anew and
/// is given the entries that there are; then it is live, and what is still open is done.
/// </summary>
internal sealed class LocalWorkflow : EngineWorkflow
{
    private readonly LocalWorkflowEngine _engine;
    private readonly LocalRun _run;
    private readonly RunLoop _loop;
    private readonly LocalMail _mail = new();
    private readonly ConcurrentDictionary<string, LocalOperation> _open = new(StringComparer.Ordinal);
    private readonly Queue<LocalOperation> _unstarted = new(); // while replaying
    private readonly Dictionary<string, RunEvent> _begun = new(StringComparer.Ordinal); // begun before the process started, and not ended
    private readonly HashSet<string> _abandoned = new(StringComparer.Ordinal); // stopped with their branch
    private readonly LocalWork _work;
    private readonly AsyncServiceScope _services;
    private Alarm? _timeout;
    private RunEvent? _end;
    private DateTimeOffset _now;
    private bool _live;

    public LocalWorkflow(LocalWorkflowEngine engine, WorkflowDefinition workflow, LocalRun run)
        : base(workflow, run.Id)
    {
        _engine = engine;
        _run = run;
        _loop = new RunLoop(Apply);
        _work = new LocalWork(engine, workflow, run, Append);
        _services = engine.App.Services.CreateAsyncScope();
    }

    /// <summary>The time at which the body was last told something: the same in every replay.</summary>
    public override DateTimeOffset UtcNow => _now;

    public bool IsIdle => _loop.IsIdle && UnderWay == 0;

    /// <summary>How much that is not the body's is under way: steps that have been called, events that are being published.</summary>
    public int UnderWay => _work.UnderWay;

    /// <summary>Whether the body waits, for steps too.</summary>
    public bool IsWaiting => _loop.IsIdle;

    public IReadOnlyList<RunWait> WaitingFor =>
        [.. _open.Values.Select(static open => new RunWait(open.What.Kind, open.What.Name, open.What.Key, open.Due)).OrderBy(static wait => wait.Key, StringComparer.Ordinal)];

    /// <summary>Gives the body the entries that there are; <see cref="Start"/> starts it.</summary>
    public LocalWorkflow Load(IReadOnlyList<RunEvent> entries)
    {
        _loop.Add([.. entries, null]);
        return this;
    }

    /// <summary>Starts the body.</summary>
    public void Start() => _loop.Open();

    /// <summary>Leaves everything as it is, to go on in the next process; ends when no step is under way any more.</summary>
    public async Task SuspendAsync()
    {
        await _work.SuspendAsync().ConfigureAwait(false);
        _loop.Close();
        DisposeAlarms();
        _run.Suspend();
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The run has ended: whatever is still under way is abandoned.</summary>
    public void End()
    {
        _loop.Close();
        DisposeAlarms();
        _work.Abort();
        _ = _services.DisposeAsync().AsTask();
    }

    private void DisposeAlarms()
    {
        _timeout?.Dispose();
        foreach (var open in _open.Values)
        {
            open.Alarm?.Dispose();
        }

        _open.Clear();
    }

    /// <summary>Lets the body know of an entry that is kept.</summary>
    public void Tell(RunEvent entry) => _loop.Add(entry);

    /// <summary>Adds an entry to the journal, of which the body learns once it is kept.</summary>
    private void Append(RunEvent entry) => _run.Append(entry, Tell);

    protected override async Task<StepAnswer> CallAsync(Operation operation, StepDefinition step, ReadOnlyMemory<byte> payload, int attempt, string? key)
    {
        var answer = await PerformAsync(operation, open =>
        {
            // A call that was under way when the process ended counts as one.
            var number = _begun.TryGetValue(operation.Key, out var lost) ? lost.Attempt!.Value + 1 : attempt;
            Begin(open, new RunEvent(default, RunEventKind.StepStarted, step.Name, number, Text(payload)), () => _work.CallAsync(operation, step, payload, number, key));
        });
        return new StepAnswer(Outcome(answer), answer.Attempt!.Value);
    }

    protected override Task WaitAsync(Operation operation, DateTimeOffset due, int attempt, CancellationToken stopped) => PerformAsync(
        operation,
        open =>
        {
            var end = _begun.TryGetValue(operation.Key, out var begun) ? begun.Due!.Value : due;
            if (begun is null)
            {
                var entry = attempt > 0
                    ? new RunEvent(default, RunEventKind.RetryScheduled, operation.Name, attempt, Delay: end - _now)
                    : new RunEvent(default, RunEventKind.WaitStarted, operation.Name);
                _run.Append(entry with { Key = operation.Key, Due = end });
            }

            open.Due = end;
            open.Alarm = Alarm.Set(_engine.Time, end, () => Append(new RunEvent(default, RunEventKind.WaitEnded, operation.Name, Key: operation.Key)));
        },
        stopped);

    protected override async Task<ReadOnlyMemory<byte>?> ReceiveAsync(Operation operation, TimeSpan timeout, CancellationToken stopped)
    {
        var due = _now + timeout;
        var answer = await PerformAsync(
            operation,
            open =>
            {
                open.Due = _begun.TryGetValue(operation.Key, out var begun) ? begun.Due : due;
                if (begun is null)
                {
                    _run.Append(new RunEvent(default, RunEventKind.EventAwaited, operation.Name, Key: operation.Key, Due: due));
                }

                if (!Deliver(_mail.Claim(open)))
                {
                    // Back to the loop: whether the event or the time came first is decided there.
                    open.Alarm = Alarm.Set(_engine.Time, open.Due!.Value, () => _loop.Post(_ => TimeOut(open), null));
                }
            },
            stopped);
        if (answer.Kind == RunEventKind.EventTimedOut)
        {
            return null;
        }

        return Bytes(answer.Json);
    }

    protected override async Task<StepOutcome> RunChildAsync(Operation operation, ReadOnlyMemory<byte> input)
    {
        var json = Text(input);
        return Outcome(await PerformAsync(
            operation,
            open =>
            {
                if (_begun.ContainsKey(operation.Key))
                {
                    Do(open, () => _work.RunChildAsync(operation, json));
                }
                else
                {
                    Begin(open, new RunEvent(default, RunEventKind.ChildStarted, operation.Name, Json: json), () => _work.RunChildAsync(operation, json));
                }
            }));
    }

    protected override async Task<StepFailure?> PublishAsync(Operation operation, PublishedEvent published)
    {
        // An event that was published and not noted is published again: its identifier is the same.
        var answer = await PerformAsync(operation, open => Do(open, () => _work.PublishAsync(operation, published)));
        return answer.Failure;
    }

    /// <summary>Registers what the body asks for, and does it now, or when the replay is over.</summary>
    private async Task<RunEvent> PerformAsync(Operation operation, Action<LocalOperation> start, CancellationToken stopped = default)
    {
        if (SynchronizationContext.Current != _loop)
        {
            throw new InvalidOperationException("A workflow awaits nothing but what its 'flow' returns, and as it is: without ConfigureAwait. Everything else belongs in a step.");
        }

        var open = new LocalOperation(operation, start);
        _open[operation.Key] = open;
        using var registration = stopped.Register(() => Abandon(open, stopped), useSynchronizationContext: false);
        if (_live)
        {
            start(open);
        }
        else
        {
            _unstarted.Enqueue(open);
        }

        return await open.Completion.Task;
    }

    /// <summary>Notes that something begins, and does it once that is kept.</summary>
    private void Begin(LocalOperation open, RunEvent entry, Func<Task> action) =>
        _run.Append(entry with { Key = open.What.Key }, _ => Do(open, action));

    private void Do(LocalOperation open, Func<Task> action) => _loop.Post(_ => open.Run(() => _work.Start(action)), null);

    private void Abandon(LocalOperation open, CancellationToken stopped)
    {
        if (_open.TryRemove(open.What.Key, out _))
        {
            _abandoned.Add(open.What.Key);
            open.Alarm?.Dispose();
            _mail.Forget(open);
            open.Completion.TrySetCanceled(stopped);
        }
    }

    private void TimeOut(LocalOperation open)
    {
        if (_open.ContainsKey(open.What.Key) && !_mail.IsClaimed(open))
        {
            _mail.Forget(open);
            Append(new RunEvent(default, RunEventKind.EventTimedOut, open.What.Name, Key: open.What.Key));
        }
    }

    private bool Deliver((LocalOperation Open, string Json)? mail)
    {
        if (mail is not var (open, json))
        {
            return false;
        }

        open.Alarm?.Dispose();
        Append(new RunEvent(default, RunEventKind.EventReceived, open.What.Name, Json: json, Key: open.What.Key));
        return true;
    }

    /// <summary>Lets the body know of an entry; <see langword="null"/> when there are no more old ones.</summary>
    private void Apply(RunEvent? entry)
    {
        switch (entry)
        {
            case null:
                GoLive();
                break;
            case { Kind: RunEventKind.Started }:
                _now = entry.At;
                SetTimeout();
                _ = RunAsync(Bytes(entry.Json));
                break;
            case { Kind: RunEventKind.EventRaised }:
                Deliver(_mail.Add(entry.Step!, entry.Json!, _live));
                break;
            case { Begins: true }:
                _begun[entry.Key!] = entry;
                break;
            case { Key: { } key }:
                Complete(key, entry);
                break;
        }
    }

    private void Complete(string key, RunEvent entry)
    {
        _begun.Remove(key);
        if (entry.Kind == RunEventKind.EventReceived)
        {
            _mail.Take(entry.Step!, key);
        }

        if (_open.TryGetValue(key, out var open) && !open.Fits(entry))
        {
            FailUnfitting(entry, $"the code has {open.What}");
        }
        else if (_open.TryRemove(key, out open))
        {
            _now = entry.At;
            open.Alarm?.Dispose();
            open.Completion.SetResult(entry);
        }
        else if (!_abandoned.Remove(key))
        {
            FailUnfitting(entry, "the code asks for nothing there");
        }
    }

    private void GoLive()
    {
        foreach (var entry in _begun.Values)
        {
            if (!_abandoned.Contains(entry.Key!) && !(_open.TryGetValue(entry.Key!, out var open) && open.Fits(entry)))
            {
                FailUnfitting(entry, open is null ? "the code asks for nothing there" : $"the code has {open.What}");
                return;
            }
        }

        _live = true;
        while (_unstarted.TryDequeue(out var open))
        {
            if (_open.ContainsKey(open.What.Key))
            {
                open.Start();
            }
        }

        _begun.Clear();
        if (_end is not null)
        {
            _run.Append(_end);
        }
    }

    private void FailUnfitting(RunEvent entry, string instead) => _run.Append(new RunEvent(default, RunEventKind.Failed, Failure: new StepFailure(
        LocalWorkflowEngine.NondeterminismCode,
        $"The workflow '{Workflow.Name}' has changed since the run began: the run had {new Operation(entry.Key!, entry.Operation!.Value, entry.Step!)}, {instead}. Start the run anew, or let runs end before the workflow is changed.")));

    private void SetTimeout()
    {
        if (Workflow.TimeoutSeconds > 0)
        {
            _timeout = Alarm.Set(_engine.Time, _now.AddSeconds(Workflow.TimeoutSeconds), () => _run.Append(new RunEvent(
                default, RunEventKind.Failed, Failure: new StepFailure(StepFailed.TimeoutCode, $"The run took longer than {Workflow.TimeoutSeconds} s."))));
        }
    }

    private async Task RunAsync(ReadOnlyMemory<byte> input)
    {
        RunEvent end;
        try
        {
            end = new RunEvent(default, RunEventKind.Succeeded, Json: Text(await RunBodyAsync(input, _services.ServiceProvider)));
        }
        catch (Exception e)
        {
            end = new RunEvent(default, RunEventKind.Failed, Failure: StepFailure.From(e));
        }

        if (_live)
        {
            _run.Append(end);
        }
        else
        {
            _end = end; // unless there are entries that a body that has ended does not explain
        }
    }

    private static StepOutcome Outcome(RunEvent answer) => new(answer.Failure is null ? Bytes(answer.Json) : default, answer.Failure);

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static byte[] Bytes(string? json) => Encoding.UTF8.GetBytes(json ?? "null");
}
