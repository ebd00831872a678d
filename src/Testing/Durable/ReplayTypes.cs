using Portable.Runtime;

namespace Portable.Testing.Durable;

/// <summary>A failure as Durable describes it.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">The stack trace, or <see langword="null"/>.</param>
/// <param name="InnerFailure">The failure behind it, or <see langword="null"/>.</param>
/// <param name="IsNonRetriable">Whether no retry policy applies.</param>
public sealed record ReplayFailure(string ErrorType, string ErrorMessage, string? StackTrace = null, ReplayFailure? InnerFailure = null, bool IsNonRetriable = false)
{
    /// <summary>The failure that an exception stands for.</summary>
    public static ReplayFailure From(Exception exception) => exception is ReplayTaskFailedException failed
        ? new ReplayFailure("Microsoft.DurableTask.TaskFailedException", failed.Message, failed.StackTrace, failed.Failure)
        : new ReplayFailure(exception.GetType().FullName!, exception.Message, exception.StackTrace, exception.InnerException is { } inner ? From(inner) : null);
}

/// <summary>How an activity is repeated.</summary>
/// <param name="MaxAttempts">Calls in total, the first included.</param>
/// <param name="FirstInterval">The delay before the first retry.</param>
/// <param name="BackoffCoefficient">Each delay is so many times the one before.</param>
/// <param name="MaxInterval">The longest delay; one hour when not given.</param>
/// <param name="Timeout">After how much time since the first call no retry starts; no limit when not given.</param>
/// <param name="Handle">Whether a failure is worth a retry; every failure when not given.</param>
public sealed record ReplayRetry(
    int MaxAttempts,
    TimeSpan FirstInterval,
    double BackoffCoefficient = 1,
    TimeSpan? MaxInterval = null,
    TimeSpan? Timeout = null,
    Func<ReplayFailure, bool>? Handle = null);

/// <summary>What the failure of an activity or of another orchestration throws into the orchestrator, unless <see cref="ReplayOptions.FailureException"/> says otherwise.</summary>
/// <param name="taskName">The activity's name.</param>
/// <param name="taskId">The activity's number in the orchestration.</param>
/// <param name="failure">The failure.</param>
public sealed class ReplayTaskFailedException(string taskName, int taskId, ReplayFailure failure)
    : Exception($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failure.ErrorMessage}")
{
    /// <summary>The activity's name.</summary>
    public string TaskName { get; } = taskName;

    /// <summary>The activity's number in the orchestration.</summary>
    public int TaskId { get; } = taskId;

    /// <summary>The failure.</summary>
    public ReplayFailure Failure { get; } = failure;
}

/// <summary>A replay of an orchestrator did something else than the run that it repeats.</summary>
/// <param name="message">What differs.</param>
public sealed class NonDeterminismException(string message) : Exception(message);

/// <summary>
/// An orchestrator waits for something that is not the context's: on the real engine it would fail, or hang for ever without an error.
/// </summary>
/// <param name="message">When it was noticed.</param>
public sealed class ForeignAwaitException(string message) : Exception(message);

/// <summary>What happened in an orchestration, in order; each turn replays it.</summary>
/// <param name="At">Virtual time since the start.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The number of the activity, timer or orchestration; -1 where there is none.</param>
/// <param name="Name">The name of the activity, orchestration or event, or <see langword="null"/>.</param>
/// <param name="Data">Input, result or failure message, or <see langword="null"/>.</param>
public sealed record HistoryEvent(TimeSpan At, HistoryEventKind Kind, int Id = -1, string? Name = null, string? Data = null)
{
    internal DateTimeOffset FireAt { get; init; }

    /// <summary>The instance of another orchestration.</summary>
    internal string? Instance { get; init; }

    /// <summary>Whether this is something that the orchestrator decides, as opposed to what happens to it.</summary>
    internal bool IsDecision => Kind is HistoryEventKind.ActivityScheduled or HistoryEventKind.TimerCreated or HistoryEventKind.SubOrchestrationCreated;

    /// <summary>Whether a replay decided the same.</summary>
    internal bool Decides(HistoryEvent other) =>
        Kind == other.Kind && Id == other.Id && Name == other.Name && Data == other.Data && FireAt == other.FireAt && Instance == other.Instance;

    /// <summary>What the decision is, for people to read.</summary>
    internal string Describe() => Kind switch
    {
        HistoryEventKind.TimerCreated => $"#{Id}, a timer for {FireAt:o}",
        HistoryEventKind.SubOrchestrationCreated => $"#{Id}, orchestration '{Name}' as {Instance} with {Data}",
        _ => $"#{Id}, activity '{Name}' with {Data}",
    };

    internal ReplayFailure? Failure { get; init; }
}

/// <summary>Kinds of events in a history.</summary>
public enum HistoryEventKind
{
    /// <summary>A turn begins; the clock that the orchestrator sees moves here.</summary>
    TurnStarted,

    /// <summary>An activity was scheduled.</summary>
    ActivityScheduled,

    /// <summary>An activity gave its result.</summary>
    ActivityCompleted,

    /// <summary>An activity failed.</summary>
    ActivityFailed,

    /// <summary>A timer was set.</summary>
    TimerCreated,

    /// <summary>A timer fired.</summary>
    TimerFired,

    /// <summary>Another orchestration was started.</summary>
    SubOrchestrationCreated,

    /// <summary>Another orchestration gave its result.</summary>
    SubOrchestrationCompleted,

    /// <summary>Another orchestration failed.</summary>
    SubOrchestrationFailed,

    /// <summary>An event was raised to the orchestration.</summary>
    EventRaised,

    /// <summary>The orchestrator returned.</summary>
    Completed,

    /// <summary>The orchestrator threw.</summary>
    Failed,
}

/// <summary>The world outside an orchestration, and how a bridge to the vendor's types maps failures.</summary>
public sealed record ReplayOptions
{
    /// <summary>The orchestrator's name.</summary>
    public string Name { get; init; } = "orchestrator";

    /// <summary>The instance's identifier.</summary>
    public string InstanceId { get; init; } = "run-1";

    /// <summary>When the orchestration starts.</summary>
    public DateTimeOffset StartTime { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events from outside. One that is raised before the orchestrator waits for it is kept.</summary>
    public IReadOnlyList<ScriptedEvent> Events { get; init; } = [];

    /// <summary>The orchestrators that this one may start, by name.</summary>
    public IReadOnlyDictionary<string, Func<ReplayContext, Task<string?>>> Children { get; init; } = new Dictionary<string, Func<ReplayContext, Task<string?>>>();

    /// <summary>Answers orchestrations that are not among <see cref="Children"/>: <see cref="StepInvocation.Step"/> is the orchestrator's name.</summary>
    public StepHandlerDelegate? ChildHandler { get; init; }

    /// <summary>Longer timers are set piece by piece; three days as in the .NET worker's options.</summary>
    public TimeSpan LongestTimer { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After how many turns the simulation gives up with a <see cref="SimulationLimitException"/>.</summary>
    public int MaxTurns { get; init; } = 10_000;

    /// <summary>The exception that a failed activity or orchestration throws into the orchestrator: its name and number, and the failure.</summary>
    public Func<string, int, ReplayFailure, Exception> FailureException { get; init; } = static (name, id, failure) => new ReplayTaskFailedException(name, id, failure);

    /// <summary>The failure that an exception of the orchestrator stands for.</summary>
    public Func<Exception, ReplayFailure> ToFailure { get; init; } = ReplayFailure.From;

    /// <summary>What a failed step looks like as the failure of its activity; by default an exception whose message carries the step failure's JSON.</summary>
    public Func<StepFailure, ReplayFailure> ActivityFailure { get; init; } = static failure => new ReplayFailure("System.InvalidOperationException", "StepFailed: " + failure.ToJson());
}
