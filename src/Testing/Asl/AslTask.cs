using Portable.Runtime;

namespace Portable.Testing.Asl;

/// <summary>Answers the tasks of a state machine.</summary>
public delegate ValueTask<AslTaskResult> AslTaskHandler(AslTask task, CancellationToken cancellationToken);

/// <summary>A task to answer.</summary>
/// <param name="State">The name of the state.</param>
/// <param name="Resource">The state's resource.</param>
/// <param name="Arguments">The evaluated arguments as JSON text.</param>
/// <param name="RetryCount">How often the task was retried before this call.</param>
public sealed record AslTask(string State, string Resource, string Arguments, int RetryCount);

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
    internal (string Name, string Input, string? Output, StepFailure? Failure)? Call { get; init; }

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
