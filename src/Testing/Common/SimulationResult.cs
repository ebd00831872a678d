using Portable.Runtime;

namespace Portable.Testing;

/// <summary>What became of a simulated run, in one form for every engine.</summary>
/// <param name="Output">The output as JSON text; <see langword="null"/> when the run failed.</param>
/// <param name="Error">Why it failed, or <see langword="null"/>.</param>
/// <param name="Calls">Every call of a step or endpoint, in the order in which they started.</param>
/// <param name="Elapsed">How much virtual time passed: waits, retry delays and the calls' own durations.</param>
/// <param name="Transitions">How many states, steps or turns the engine went through.</param>
public sealed record SimulationResult(
    string? Output,
    SimulationError? Error,
    IReadOnlyList<SimulatedCall> Calls,
    TimeSpan Elapsed,
    int Transitions)
{
    /// <summary>Whether the run ended without an error.</summary>
    public bool Succeeded => Error is null;

    /// <summary>Number of calls by name.</summary>
    public IReadOnlyDictionary<string, int> CallCounts =>
        Calls.GroupBy(static call => call.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);

    /// <summary>How often a step or endpoint was called.</summary>
    public int CallsOf(string name) => Calls.Count(call => call.Name == name);

    /// <summary>The events that the run published, in order.</summary>
    public IReadOnlyList<SimulatedPublication> Published { get; init; } = [];

    /// <summary>The runs of other workflows that this run started, in order.</summary>
    public IReadOnlyList<SimulatedChild> Children { get; init; } = [];

    /// <summary>
    /// What the vendor counts for its bill. Step Functions, Standard: a transition for each state entered and for each retry; Express: none, it is
    /// billed by time. Google Workflows: each executed step. Durable: none. Children are counted in their own results.
    /// </summary>
    public int BilledTransitions { get; init; }

    /// <summary>Step Functions, Standard: the events in the execution's history, of which it may hold 25,000. Durable: the events in the orchestration's history.</summary>
    public int HistoryEvents { get; init; }

    /// <summary>
    /// How near the run came to the engine's limit on data. Step Functions: the largest input, output or variable assignment of a state, in bytes.
    /// Google Workflows: the most memory that variables held at a time, in bytes, as nearly as their JSON tells it. Durable: 0.
    /// </summary>
    public int LargestPayloadBytes { get; init; }

    /// <summary>The limit that belongs to <see cref="LargestPayloadBytes"/>; 0 where there is none.</summary>
    public int PayloadLimitBytes { get; init; }
}

/// <summary>How a run failed, as its engine reports it.</summary>
/// <param name="Code">
/// Step Functions: the error name. Google Workflows: the raised map's <c>code</c>, or its first tag when there is no code.
/// Durable: the error type.
/// </param>
/// <param name="Message">Step Functions: the cause. Google Workflows: the message. Durable: the error message.</param>
/// <param name="Data">Google Workflows: the whole raised value as JSON. Durable: the inner failure's message. Otherwise <see langword="null"/>.</param>
public sealed record SimulationError(string Code, string Message, string? Data = null)
{
    /// <summary>The step failure that the error carries, wherever its engine put it; <see langword="null"/> when there is none.</summary>
    public StepFailure? Failure => FailureText.Find(Message) ?? FailureText.Find(Data);
}

/// <summary>One call of a step or endpoint.</summary>
/// <param name="Name">The step, or the endpoint where no step is known for it.</param>
/// <param name="Input">The payload as JSON text.</param>
/// <param name="Attempt">Which call of this name it was since the last success, from 1.</param>
/// <param name="At">Virtual time since the run started.</param>
/// <param name="Output">The result as JSON text; <see langword="null"/> when the call failed.</param>
/// <param name="Failure">The failure, or <see langword="null"/>.</param>
public sealed record SimulatedCall(string Name, string Input, int Attempt, TimeSpan At, string? Output, StepFailure? Failure)
{
    /// <summary>The idempotency key that went with the call; <see langword="null"/> where none did.</summary>
    public string? Key { get; init; }
}
