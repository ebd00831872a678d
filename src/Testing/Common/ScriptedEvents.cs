namespace Portable.Testing;

/// <summary>An event that the world raises to a run.</summary>
/// <param name="Name">The event's name, as in <c>flow.Event&lt;T&gt;("approval", ...)</c>.</param>
/// <param name="PayloadJson">The payload as JSON text.</param>
/// <param name="At">When, since the run started. An event that comes before it is waited for is kept.</param>
/// <param name="Run">The name of the run that gets it; <see langword="null"/> for the run that is simulated, as opposed to its children.</param>
public sealed record ScriptedEvent(string Name, string PayloadJson, TimeSpan At = default, string? Run = null);

/// <summary>An event that a run published.</summary>
/// <param name="Type">The event's type; on Step Functions the <c>DetailType</c>, on Google Cloud the attribute <c>ce-type</c>.</param>
/// <param name="PayloadJson">The payload as JSON text.</param>
/// <param name="At">When, in virtual time.</param>
/// <param name="Destination">The bus or topic, as the definition names it.</param>
/// <param name="Source">What the event says about where it comes from; <see langword="null"/> when it says nothing.</param>
/// <param name="Attributes">Google Cloud: the message's attributes.</param>
/// <param name="Version">The version of the payload; 1 where the engine's record does not tell.</param>
public sealed record SimulatedPublication(
    string Type, string PayloadJson, TimeSpan At, string Destination, string? Source, IReadOnlyDictionary<string, string>? Attributes = null, int Version = 1);

/// <summary>A run of another workflow that a run started.</summary>
/// <param name="Workflow">The other workflow: its name on the engine.</param>
/// <param name="Input">Its input as JSON text.</param>
/// <param name="At">When it started, in virtual time.</param>
/// <param name="Result">What became of it; its calls and transitions are not among its parent's.</param>
public sealed record SimulatedChild(string Workflow, string Input, TimeSpan At, SimulationResult Result);
