using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>What became of a simulated run.</summary>
public sealed class WorkflowResult
{
    private readonly WorkflowDefinition _workflow;

    internal WorkflowResult(Engine engine, WorkflowDefinition workflow, SimulatedApplication application, SimulationResult result)
    {
        (Engine, _workflow, Details) = (engine, workflow, result);
        Failure = result.Error is { } error ? error.Failure ?? Named(error) : null;
        Calls = [.. result.Calls.Where(call => !application.IsLifted(workflow.Name, call.Name)).Select(call => new WorkflowStepCall(call, workflow.FindStep(call.Name)))];
        LiftedCalls = result.Calls.Count - Calls.Count;
        var undoing = workflow.Steps.Select(static step => step.Compensation?.Step).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Compensations = [.. Calls.Where(call => undoing.Contains(call.Step))];
        Children = [.. result.Children.Select(child => new WorkflowChild(child.Workflow, child.Input, child.At, new WorkflowResult(engine, application.Workflow(child.Workflow), application, child.Result)))];
    }

    /// <summary>The engine that ran it.</summary>
    public Engine Engine { get; }

    /// <summary>Whether the run returned.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>The failure that the run ended with; <see langword="null"/> when it returned.</summary>
    public StepFailure? Failure { get; }

    /// <summary>The calls of steps in the order in which they started, every attempt one call.</summary>
    public IReadOnlyList<WorkflowStepCall> Calls { get; }

    /// <summary>The calls of steps that undo others, in order.</summary>
    public IReadOnlyList<WorkflowStepCall> Compensations { get; }

    /// <summary>How many more calls the engine made for expressions that it cannot compute itself; see the diagnostics of the workflow.</summary>
    public int LiftedCalls { get; }

    /// <summary>The runs of other workflows, in order.</summary>
    public IReadOnlyList<WorkflowChild> Children { get; }

    /// <summary>The events that the run published, in order.</summary>
    public IReadOnlyList<SimulatedPublication> Published => Details.Published;

    /// <summary>How much virtual time the run took.</summary>
    public TimeSpan Elapsed => Details.Elapsed;

    /// <summary>What the vendor counts for its bill: state transitions of Standard state machines, steps of Google Workflows; 0 elsewhere.</summary>
    public int BilledTransitions => Details.BilledTransitions;

    /// <summary>How near the run came to the engine's limit on data, in bytes; see <see cref="SimulationResult.LargestPayloadBytes"/>.</summary>
    public int PayloadBytes => Details.LargestPayloadBytes;

    /// <summary>The engine's limit on data, in bytes; 0 where there is none.</summary>
    public int PayloadLimitBytes => Details.PayloadLimitBytes;

    /// <summary>The run as its engine tells it.</summary>
    public SimulationResult Details { get; }

    /// <summary>The result as JSON text; <see langword="null"/> when the run failed.</summary>
    public string? OutputJson => Details.Output;

    /// <summary>The result.</summary>
    /// <typeparam name="T">The workflow's result type, or <see cref="JsonElement"/>.</typeparam>
    /// <exception cref="SimulationMismatchException">The run failed; the message says with what.</exception>
    public T Output<T>()
    {
        AssertSucceeded();
        return Contracts.Read<T>(OutputJson!, _workflow.Output, "the run's result");
    }

    /// <summary>The calls of a step.</summary>
    /// <param name="step">The step's name.</param>
    public IReadOnlyList<WorkflowStepCall> CallsOf(string step)
    {
        _ = _workflow.FindStep(step) ?? throw new SimulationSetupException($"The workflow '{_workflow.Name}' has no step '{step}'; it has {string.Join(", ", _workflow.Steps.Select(static known => known.Name))}.");
        return [.. Calls.Where(call => call.Step == step)];
    }

    /// <summary>Checks that the run returned.</summary>
    /// <exception cref="SimulationMismatchException">It did not.</exception>
    public WorkflowResult AssertSucceeded() => Failure is { } failure
        ? throw new SimulationMismatchException($"The run failed on {Engine} with {failure.Code}: {failure.Message}{Told()}")
        : this;

    /// <summary>Checks that the run failed with a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">The message; any when not given.</param>
    /// <exception cref="SimulationMismatchException">It did not.</exception>
    public WorkflowResult AssertFailed(string code, string? message = null) => Failure?.Code == code && (message is null || Failure.Message == message)
        ? this
        : throw new SimulationMismatchException($"The run was expected to fail on {Engine} with {code}{(message is null ? "" : ": " + message)}, but it {(Failure is { } failure ? $"failed with {failure.Code}: {failure.Message}" : $"returned {OutputJson}")}{Told()}");

    /// <summary>Checks which steps were called, every attempt, in the order in which they started.</summary>
    /// <param name="steps">The steps' names.</param>
    /// <exception cref="SimulationMismatchException">Others were called; the message tells both.</exception>
    public WorkflowResult AssertCalls(params string[] steps) => Calls.Select(static call => call.Step).SequenceEqual(steps, StringComparer.Ordinal)
        ? this
        : throw new SimulationMismatchException($"Expected on {Engine}: {string.Join(", ", steps)}{Told()}");

    /// <summary>Checks which steps undid others, in order.</summary>
    /// <param name="steps">The names of the undoing steps.</param>
    /// <exception cref="SimulationMismatchException">Others were called; the message tells both.</exception>
    public WorkflowResult AssertCompensations(params string[] steps) => Compensations.Select(static call => call.Step).SequenceEqual(steps, StringComparer.Ordinal)
        ? this
        : throw new SimulationMismatchException($"Expected to be undone by, on {Engine}: {string.Join(", ", steps)}{Told()}");

    /// <inheritdoc/>
    public override string ToString() => (Failure is { } failure ? $"{Engine}: failed with {failure.Code}: {failure.Message}" : $"{Engine}: returned {OutputJson}") + Told();

    private string Told() => Calls.Count == 0 ? "\nNo step was called." : "\n" + string.Join('\n', Calls);

    // The engine's own word for the same thing.
    private static StepFailure Named(SimulationError error) =>
        new(error.Code is "States.Timeout" or "TimeoutError" ? StepFailed.TimeoutCode : error.Code, error.Message);
}

/// <summary>A call of a step.</summary>
public sealed class WorkflowStepCall
{
    private readonly SimulatedCall _call;
    private readonly StepDefinition? _step;

    internal WorkflowStepCall(SimulatedCall call, StepDefinition? step) => (_call, _step) = (call, step);

    /// <summary>The step's name.</summary>
    public string Step => _call.Name;

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt => _call.Attempt;

    /// <summary>When it started, in virtual time.</summary>
    public TimeSpan At => _call.At;

    /// <summary>The idempotency key that went with the call; <see langword="null"/> for a step without <see cref="IdempotentAttribute"/>.</summary>
    public string? IdempotencyKey => _call.Key;

    /// <summary>The payload as JSON text.</summary>
    public string InputJson => _call.Input;

    /// <summary>The result as JSON text; <see langword="null"/> when the call failed or was not waited for.</summary>
    public string? OutputJson => _call.Output;

    /// <summary>The failure; <see langword="null"/> when the call succeeded.</summary>
    public StepFailure? Failure => _call.Failure;

    /// <summary>The payload.</summary>
    public T Input<T>() => Contracts.Read<T>(InputJson, _step?.Input, $"the payload of {Step}");

    /// <summary>The result.</summary>
    public T Output<T>() => Contracts.Read<T>(OutputJson ?? throw new SimulationMismatchException($"The call of {Step} failed: {Failure}"), _step?.Output, $"the result of {Step}");

    /// <inheritdoc/>
    public override string ToString() =>
        $"  {At:hh\\:mm\\:ss} {Step}{(Attempt > 1 ? $" (attempt {Attempt})" : "")} {InputJson} -> {(Failure is { } failure ? $"{failure.Code}: {failure.Message}" : OutputJson ?? "stopped")}";
}

/// <summary>A run of another workflow.</summary>
/// <param name="Workflow">The other workflow's name.</param>
/// <param name="InputJson">Its input as JSON text.</param>
/// <param name="At">When it started, in virtual time.</param>
/// <param name="Result">What became of it.</param>
public sealed record WorkflowChild(string Workflow, string InputJson, TimeSpan At, WorkflowResult Result);
