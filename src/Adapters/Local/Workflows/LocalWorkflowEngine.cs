using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// Runs workflows in this process: the user's own method, its steps, their retry policies and timeouts. Runs are kept in a journal; with
/// one that outlives the process they go on in the next.
/// </summary>
public sealed class LocalWorkflowEngine
{
    /// <summary>The code of a run whose journal does not fit the workflow any more.</summary>
    public const string NondeterminismCode = "Nondeterminism";

    private readonly ConcurrentDictionary<string, LocalRun> _runs = new(StringComparer.Ordinal);
    private readonly object _startGate = new();
    private readonly List<LocalRun> _ordered = [];
    private readonly Lazy<IEventPublisher> _publisher;

    /// <summary>Takes an application; <see cref="Resume"/> goes on with the runs of its journal.</summary>
    /// <param name="app">The application.</param>
    /// <param name="time">The clock of retries, waits and timeouts; the application's when <see langword="null"/>.</param>
    /// <param name="journal">Where runs are kept; in memory when <see langword="null"/>.</param>
    /// <param name="stopping">Ends the runs that are still going on, or leaves them to the next process.</param>
    public LocalWorkflowEngine(PortableApp app, TimeProvider? time = null, IRunJournal? journal = null, CancellationToken stopping = default)
    {
        App = app;
        Time = time ?? app.Time;
        Journal = journal ?? new MemoryJournal();
        _publisher = new(() => app.Services.GetService<IEventPublisher>() ?? new LocalEventBus(Time));
        stopping.Register(Stop);
    }

    /// <summary>The workflows of the application.</summary>
    public IReadOnlyList<WorkflowDefinition> Workflows => App.Workflows;

    /// <summary>Every run, the oldest first.</summary>
    public IReadOnlyList<LocalRun> Runs
    {
        get
        {
            lock (_startGate)
            {
                return [.. _ordered];
            }
        }
    }

    /// <summary>Whether nothing happens in any run until time passes or something comes from outside.</summary>
    public bool IsIdle => Runs.All(static run => run.IsIdle);

    internal PortableApp App { get; }

    internal TimeProvider Time { get; }

    internal IRunJournal Journal { get; }

    internal IEventPublisher Publisher => _publisher.Value;

    /// <summary>Goes on with the runs of the journal that have not ended, and shows those that have.</summary>
    public void Resume()
    {
        Load();
        foreach (var run in Runs)
        {
            run.Execution?.Start();
        }
    }

    /// <summary>Makes the runs of the journal known; none goes on before <see cref="Resume"/>.</summary>
    internal void Load()
    {
        foreach (var journaled in Journal.Load())
        {
            var run = new LocalRun(journaled.Id, journaled.Workflow, Time, Journal, journaled.Entries);
            lock (_startGate)
            {
                if (!_runs.TryAdd(run.Id, run))
                {
                    continue;
                }

                _ordered.Add(run);
            }

            if (run.Status != RunStatus.Running)
            {
                continue;
            }

            if (Find(App.Workflows, run.Workflow) is { } definition)
            {
                run.Execution = new LocalWorkflow(this, definition, run).Load(journaled.Entries);
            }
            else
            {
                run.Append(new RunEvent(default, RunEventKind.Failed, Failure: new StepFailure(NondeterminismCode, $"The application has no workflow '{run.Workflow}' any more.")));
            }
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="inputJson">The input as JSON.</param>
    /// <param name="runId">The identifier of the run; a new one when <see langword="null"/>.</param>
    /// <param name="origin">What its steps belong to; the invocation that calls this, if any, when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">There is no such workflow, or the identifier is taken; the message says which.</exception>
    public LocalRun Start(string workflow, string inputJson, string? runId = null, RunOrigin? origin = null) =>
        TryStart(workflow, inputJson, runId, origin, out var run) ? run : throw new ArgumentException($"There is a run '{runId}' already.", nameof(runId));

    /// <summary>The run of that identifier; <see langword="null"/> when there is none.</summary>
    public LocalRun? Find(string runId) => _runs.GetValueOrDefault(runId);

    /// <summary>Raises an event for a run, which takes it with <c>flow.Event</c>, now or later.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="payloadJson">The payload as JSON.</param>
    /// <returns>Whether the event is kept; it is not when there is no such run, or the run has ended.</returns>
    public async Task<bool> RaiseAsync(string runId, string name, string payloadJson)
    {
        if (Find(runId) is not { } run)
        {
            return false;
        }

        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!run.Append(new RunEvent(default, RunEventKind.EventRaised, name, Json: payloadJson), entry =>
            {
                run.Execution?.Tell(entry);
                kept.SetResult();
            }))
        {
            return false;
        }

        await Task.WhenAny(kept.Task, run.Completion).ConfigureAwait(false);
        return kept.Task.IsCompleted;
    }

    internal LocalRun StartOrFind(string workflow, string inputJson, string? runId, RunOrigin? origin = null)
    {
        TryStart(workflow, inputJson, runId, origin, out var run);
        return run;
    }

    private bool TryStart(string workflow, string inputJson, string? runId, RunOrigin? origin, out LocalRun run)
    {
        var definition = Find(App.Workflows, workflow)
            ?? throw new ArgumentException($"There is no workflow '{workflow}'; there is {Names.List(App.Workflows.Select(candidate => candidate.Name))}.", nameof(workflow));
        var started = new LocalRun(runId ?? Guid.NewGuid().ToString("n"), workflow, Time, Journal);
        lock (_startGate)
        {
            run = _runs.GetOrAdd(started.Id, started);
            if (run != started)
            {
                return false;
            }

            _ordered.Add(run);
        }

        var execution = new LocalWorkflow(this, definition, run);
        run.Execution = execution;
        run.Append(new RunEvent(default, RunEventKind.Started, Json: inputJson) { Origin = origin ?? RunOrigin.Current }, entry => execution.Load([entry]).Start());
        return true;
    }

    private void Stop()
    {
        foreach (var run in Runs)
        {
            if (Journal.OutlivesProcess)
            {
                _ = run.Execution?.SuspendAsync();
            }
            else
            {
                run.Append(new RunEvent(default, RunEventKind.Failed, Failure: new StepFailure("Stopped", "The host stopped before the run had ended.")));
            }
        }
    }

    private static WorkflowDefinition? Find(IReadOnlyList<WorkflowDefinition> workflows, string name) => workflows.FirstOrDefault(candidate => candidate.Name == name);
}
