using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Its body is running.</summary>
    Running,

    /// <summary>It has returned; see <see cref="LocalRun.Output"/>.</summary>
    Succeeded,

    /// <summary>It has failed; see <see cref="LocalRun.Failure"/>.</summary>
    Failed,
}

/// <summary>What happened in a run.</summary>
public enum RunEventKind
{
    /// <summary>The run began.</summary>
    Started,

    /// <summary>A step was called.</summary>
    StepStarted,

    /// <summary>The call returned.</summary>
    StepSucceeded,

    /// <summary>The call failed.</summary>
    StepFailed,

    /// <summary>The step's retry policy waits before the next call.</summary>
    RetryScheduled,

    /// <summary>The run returned.</summary>
    Succeeded,

    /// <summary>The run failed.</summary>
    Failed,
}

/// <summary>One entry of a run's history.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Step">The step, where it is about one.</param>
/// <param name="Attempt">Which call of the step, from 1.</param>
/// <param name="Json">The input of what began or the output of what succeeded, as JSON.</param>
/// <param name="Failure">The failure of what failed.</param>
/// <param name="Delay">How long a retry waits.</param>
public sealed record RunEvent(
    DateTimeOffset At,
    RunEventKind Kind,
    string? Step = null,
    int? Attempt = null,
    string? Json = null,
    StepFailure? Failure = null,
    TimeSpan? Delay = null);

/// <summary>One run of a workflow, kept in memory.</summary>
public sealed class LocalRun
{
    private readonly object _gate = new();
    private readonly List<RunEvent> _history = [];
    private readonly TimeProvider _time;

    internal LocalRun(string id, string workflow, TimeProvider time)
    {
        Id = id;
        Workflow = workflow;
        _time = time;
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

    /// <summary>Ends when the run does, successfully whatever became of it.</summary>
    public Task Completion { get; internal set; } = Task.CompletedTask;

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

    /// <summary>How often each step was called so far.</summary>
    public IReadOnlyDictionary<string, int> Calls =>
        History.Where(entry => entry.Kind == RunEventKind.StepStarted).GroupBy(entry => entry.Step!).ToDictionary(group => group.Key, group => group.Count());

    internal void Record(RunEventKind kind, string? step = null, int? attempt = null, ReadOnlyMemory<byte>? json = null, StepFailure? failure = null, TimeSpan? delay = null)
    {
        lock (_gate)
        {
            // A body that its run's timeout has left behind may go on for a while; it adds nothing to a finished history.
            if (Status == RunStatus.Running)
            {
                _history.Add(new RunEvent(_time.GetUtcNow(), kind, step, attempt, json is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null, failure, delay));
            }
        }
    }

    internal void Succeed(ReadOnlyMemory<byte> output)
    {
        lock (_gate)
        {
            Record(RunEventKind.Succeeded, json: output);
            Output = Encoding.UTF8.GetString(output.Span);
            Status = RunStatus.Succeeded;
        }
    }

    internal void Fail(StepFailure failure)
    {
        lock (_gate)
        {
            Record(RunEventKind.Failed, failure: failure);
            Failure = failure;
            Status = RunStatus.Failed;
        }
    }
}
