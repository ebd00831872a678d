using Portable.Runtime;

namespace Portable.Testing.Asl;

/// <summary>Answers the tasks of a state machine.</summary>
public delegate ValueTask<AslTaskResult> AslTaskHandler(AslTask task, CancellationToken cancellationToken);

/// <summary>A task to answer.</summary>
/// <param name="State">The name of the state.</param>
/// <param name="Resource">The state's resource.</param>
/// <param name="Arguments">The evaluated arguments as JSON text.</param>
/// <param name="RetryCount">How often the task was retried before this call.</param>
public sealed record AslTask(string State, string Resource, string Arguments, int RetryCount)
{
    /// <summary>The task's token when its resource ends in <c>.waitForTaskToken</c>: the answer then only says that the task has begun, and the token ends it.</summary>
    public AslTaskToken? Token { get; init; }

    /// <summary>The name of the execution that calls.</summary>
    public string Execution { get; init; } = "";

    /// <summary>The name of the machine that calls; see <see cref="AslOptions.StateMachineName"/>. A child's is the name under which it was given.</summary>
    public string Machine { get; init; } = "";
}

/// <summary>The answer to a task.</summary>
public sealed record AslTaskResult
{
    /// <summary>The result as JSON text; <see langword="null"/> when the task failed.</summary>
    public string? Output { get; private init; }

    /// <summary>The error name; <see langword="null"/> when the task succeeded.</summary>
    public string? Error { get; private init; }

    /// <summary>The cause; <see langword="null"/> when there is none.</summary>
    public string? Cause { get; private init; }

    /// <summary>How much virtual time the task takes. More than the state's timeout makes it fail with <c>States.Timeout</c>.</summary>
    public TimeSpan Duration { get; private init; }

    /// <summary>What the recorded call says instead of state and arguments.</summary>
    internal (string Name, string Input, string? Output, StepFailure? Failure, string? Key)? Call { get; init; }

    /// <summary>Whether the task is recorded as a call; waits for events and published events are none.</summary>
    internal bool IsCall { get; init; } = true;

    internal IReadOnlyList<SimulatedPublication>? Published { get; init; }

    /// <summary>Whether a timeout is one of <c>HeartbeatSeconds</c>.</summary>
    internal bool HeartbeatMissed { get; init; }

    /// <summary>The task succeeds.</summary>
    /// <param name="json">The result as JSON text.</param>
    /// <param name="duration">How much virtual time it takes.</param>
    public static AslTaskResult Success(string json, TimeSpan duration = default) => new() { Output = json, Duration = duration };

    /// <summary>The task fails.</summary>
    /// <param name="error">The error name.</param>
    /// <param name="cause">The cause; for a Lambda function JSON text such as <c>{"errorType": "...", "errorMessage": "..."}</c>.</param>
    /// <param name="duration">How much virtual time it takes.</param>
    public static AslTaskResult Failure(string error, string? cause, TimeSpan duration = default) =>
        new() { Error = error, Cause = cause, Duration = duration };
}

/// <summary>The world outside a run.</summary>
public sealed record AslOptions
{
    /// <summary>The name of the execution.</summary>
    public string ExecutionName { get; init; } = "run-1";

    /// <summary>The execution's ARN.</summary>
    public string ExecutionId { get; init; } = "arn:aws:states:us-east-1:000000000000:execution:machine:run-1";

    /// <summary>The name of the state machine.</summary>
    public string StateMachineName { get; init; } = "machine";

    /// <summary>When the run starts.</summary>
    public DateTimeOffset StartTime { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events from outside; see <see cref="AslTaskToken.SucceedWithEvent"/>.</summary>
    public IReadOnlyList<ScriptedEvent> Events { get; init; } = [];

    /// <summary>
    /// The machines that <c>states:startExecution.sync:2</c> runs, by the name of the substitution that stands for their ARN
    /// (<c>ShippingStateMachineArn</c> for <c>${ShippingStateMachineArn}</c>) or by the ARN itself. A machine that is not in it is a task for the handler.
    /// </summary>
    public IReadOnlyDictionary<string, AslSimulator> Children { get; init; } = new Dictionary<string, AslSimulator>();

    /// <summary>Answers executions of machines that are not among <see cref="Children"/>; <see cref="StepInvocation.Step"/> is the name of the substitution, or the ARN.</summary>
    public StepHandlerDelegate? ChildHandler { get; init; }

    /// <summary>What <see cref="AslSimulator.Parse(string, IReadOnlyDictionary{string, string})"/> put into the definition, so that children are found by the names.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs the machine as an Express workflow: five minutes at most, and neither <c>.waitForTaskToken</c> nor <c>.sync</c>.</summary>
    public bool Express { get; init; }

    /// <summary>Is told of every expression that is evaluated, when it is.</summary>
    public Action<AslEvaluation>? Evaluated { get; init; }

    /// <summary>After how many states the simulation gives up with a <see cref="SimulationLimitException"/>.</summary>
    public int MaxTransitions { get; init; } = 25_000;
}

/// <summary>An expression of a definition.</summary>
/// <param name="Place">Where it stands: <c>Charge/Catch[0]/Output</c>.</param>
/// <param name="Text">The expression, without delimiters.</param>
public sealed record AslExpression(string Place, string Text);

/// <summary>A definition cannot be run.</summary>
/// <param name="place">Where in the definition.</param>
/// <param name="message">What is wrong.</param>
public sealed class AslDefinitionException(string place, string message) : Exception($"{place}: {message}")
{
    /// <summary>Where in the definition.</summary>
    public string Place { get; } = place;
}
