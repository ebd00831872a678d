using Portable.Runtime;

namespace Portable.Testing;

/// <summary>Answers a call of a step, on every simulated engine alike.</summary>
public delegate ValueTask<StepReply> StepHandlerDelegate(StepInvocation call);

/// <summary>A call of a step.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Input">The payload as JSON text; <c>null</c> for none.</param>
/// <param name="Attempt">Which call this is as the engine knows it, from 1.</param>
public sealed record StepInvocation(string Step, string Input, int Attempt)
{
    /// <summary>The idempotency key that came with the call; <see langword="null"/> for a step without one, or where the engine does not send it.</summary>
    public string? Key { get; init; }
}

/// <summary>The answer to a call of a step.</summary>
public sealed record StepReply
{
    private StepReply(string? output, StepFailure? failure, TimeSpan duration) => (Output, Failure, Duration) = (output, failure, duration);

    /// <summary>The result as JSON text; <see langword="null"/> when the call failed.</summary>
    public string? Output { get; }

    /// <summary>The failure, or <see langword="null"/>.</summary>
    public StepFailure? Failure { get; }

    /// <summary>How much virtual time the call takes.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The step succeeds.</summary>
    /// <param name="json">The result as JSON text.</param>
    /// <param name="duration">How much virtual time the call takes.</param>
    public static StepReply Success(string json, TimeSpan duration = default) => new(json, null, duration);

    /// <summary>The step fails.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">What happened.</param>
    /// <param name="data">Data as JSON text, or <see langword="null"/>.</param>
    /// <param name="duration">How much virtual time the call takes.</param>
    public static StepReply Fail(string code, string message = "scripted", string? data = null, TimeSpan duration = default) =>
        new(null, new StepFailure(code, message, data), duration);
}
