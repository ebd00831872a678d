using Portable.Runtime;

namespace Portable.Local;

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

    /// <summary>The workflow waits for time to pass.</summary>
    WaitStarted,

    /// <summary>The time of a wait, or of a retry, has come.</summary>
    WaitEnded,

    /// <summary>The workflow waits for an event.</summary>
    EventAwaited,

    /// <summary>An event was raised for the run. It is kept until the workflow takes it.</summary>
    EventRaised,

    /// <summary>The workflow took an event.</summary>
    EventReceived,

    /// <summary>No event came in time.</summary>
    EventTimedOut,

    /// <summary>A run of another workflow was started.</summary>
    ChildStarted,

    /// <summary>That run returned.</summary>
    ChildSucceeded,

    /// <summary>That run failed.</summary>
    ChildFailed,

    /// <summary>An event was published.</summary>
    Published,

    /// <summary>An event could not be published.</summary>
    PublishFailed,

    /// <summary>The run returned.</summary>
    Succeeded,

    /// <summary>The run failed.</summary>
    Failed,
}

/// <summary>One entry of a run's history, which is also its journal: what the run needs to go on after the process has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Step">The step, event or workflow, where it is about one.</param>
/// <param name="Attempt">Which call of the step, from 1.</param>
/// <param name="Json">The input of what began or the output of what succeeded, as JSON.</param>
/// <param name="Failure">The failure of what failed.</param>
/// <param name="Delay">How long a retry waits.</param>
/// <param name="Key">Where in the workflow it stands; see <see cref="Operation"/>.</param>
/// <param name="Due">When a wait ends.</param>
public sealed record RunEvent(
    DateTimeOffset At,
    RunEventKind Kind,
    string? Step = null,
    int? Attempt = null,
    string? Json = null,
    StepFailure? Failure = null,
    TimeSpan? Delay = null,
    string? Key = null,
    DateTimeOffset? Due = null)
{
    /// <summary>Who started the run; for <see cref="RunEventKind.Started"/>, and only where somebody is known.</summary>
    public RunOrigin? Origin { get; init; }

    /// <summary>Whether the run has ended with this.</summary>
    internal bool EndsRun => Kind is RunEventKind.Succeeded or RunEventKind.Failed;

    /// <summary>The kind of operation that this begins or ends; <see langword="null"/> when it is about none.</summary>
    internal OperationKind? Operation => Kind switch
    {
        RunEventKind.StepStarted or RunEventKind.StepSucceeded or RunEventKind.StepFailed => OperationKind.Step,
        RunEventKind.RetryScheduled or RunEventKind.WaitStarted or RunEventKind.WaitEnded => OperationKind.Wait,
        RunEventKind.EventAwaited or RunEventKind.EventReceived or RunEventKind.EventTimedOut => OperationKind.Event,
        RunEventKind.ChildStarted or RunEventKind.ChildSucceeded or RunEventKind.ChildFailed => OperationKind.Child,
        RunEventKind.Published or RunEventKind.PublishFailed => OperationKind.Publish,
        _ => null,
    };

    /// <summary>Whether this begins an operation and does not end it.</summary>
    internal bool Begins => Kind is RunEventKind.StepStarted or RunEventKind.RetryScheduled or RunEventKind.WaitStarted or RunEventKind.EventAwaited or RunEventKind.ChildStarted;
}
