using Portable.Runtime;

namespace Portable.Workflows.Tests.Differential;

/// <summary>A call of one of the user's own steps.</summary>
/// <param name="Payload">What the step's code sees, as JSON.</param>
/// <param name="Key">What identifies the call, where the step has <c>[Idempotent]</c>.</param>
internal sealed record ObservedCall(string Workflow, string Step, string Payload, string? Key)
{
    public override string ToString() => $"{Step} {Payload}{(Key is null ? "" : $" key '{Key}'")}";
}

/// <summary>What a run showed to the world.</summary>
/// <param name="Calls">Calls of the user's steps, in the order in which they began, those of children among them.</param>
/// <param name="Published">The published events, in no order.</param>
internal sealed record Observed(string? Output, StepFailure? Failure, IReadOnlyList<ObservedCall> Calls, IReadOnlyList<string> Published)
{
    /// <summary>What the engine threw.</summary>
    public string? Broken { get; init; }

    /// <summary>Whether the run failed with an exception that is no <c>StepFailed</c>. Only the run of the C# itself can tell: a step may fail with the same name as its code.</summary>
    public bool IsDefect { get; init; }

    /// <summary>Whether the failure is the timeout of a wait for an event.</summary>
    public bool IsEventTimeout { get; init; }

    public static Observed OfBroken(string why) => new(null, null, [], []) { Broken = why };

    public override string ToString() =>
        (Broken is not null ? "BROKEN " + Broken : Failure is not null ? $"fails {Failure.Code} '{Failure.Message}' {Failure.Data}{(IsDefect ? " (a defect)" : "")}" : "returns " + Output)
        + string.Concat(Calls.Select(static call => $"\n    {call}")) + string.Concat(Published.Select(static published => $"\n    publishes {published}"));
}
