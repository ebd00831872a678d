using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>Reads the payload, calls the step and writes its result as JSON.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> StepHandler(StepCall call);

/// <summary>A step of a workflow.</summary>
/// <param name="Name">The name of the method.</param>
/// <param name="Retry">Its retry policy; the engine applies it.</param>
/// <param name="Input">The contract of the payload; <see langword="null"/> for none.</param>
/// <param name="Output">The contract of the result; <see langword="null"/> for none.</param>
/// <param name="Handler">The emitted handler.</param>
/// <param name="TimeoutSeconds">How long one call may take; 0 means no limit. The step runner applies it, on every engine alike.</param>
/// <param name="HeartbeatSeconds">The longest silence of a call, where the engine watches for signs of life; 0 for none.</param>
/// <param name="Key">The member of the payload's JSON that identifies a call; <see langword="null"/> for none.</param>
/// <param name="Compensation">What undoes the step; <see langword="null"/> when nothing does.</param>
/// <param name="KeyDefault">What the key is when the payload's JSON lacks the member, which contexts may leave out; <see langword="null"/> for none.</param>
public sealed record StepDefinition(
    string Name,
    RetryPolicy Retry,
    JsonTypeInfo? Input,
    JsonTypeInfo? Output,
    StepHandler Handler,
    int TimeoutSeconds = 0,
    int HeartbeatSeconds = 0,
    string? Key = null,
    StepCompensation? Compensation = null,
    string? KeyDefault = null);

/// <summary>What undoes a step.</summary>
/// <param name="Step">The step that undoes it.</param>
/// <param name="TakesResult">Whether that step takes the undone step's result; otherwise it takes its payload, or nothing.</param>
public sealed record StepCompensation(string Step, bool TakesResult);

/// <summary>One call of a step.</summary>
public sealed class StepCall(ReadOnlyMemory<byte> input, InvocationContext context, CancellationToken cancellationToken)
{
    /// <summary>The payload as JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = input;

    /// <summary>The invocation.</summary>
    public InvocationContext Context { get; } = context;

    /// <summary>Cancelled when the step's own timeout or the invocation's deadline is reached.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The payload.</summary>
    /// <exception cref="StepFailed">With the code <c>BadInput</c>: the payload is not valid JSON for the step, or its validation attributes refuse it.</exception>
    public T Input<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null)
    {
        try
        {
            var payload = PayloadJson.Read(Payload.Span, type)!;
            return payload is not null && validator is not null && PayloadErrors.Of(payload, type.Options, validator) is { Count: > 0 } errors
                ? throw new StepFailed("BadInput", "The payload " + PayloadErrors.Text(errors))
                : payload!;
        }
        catch (PayloadException e)
        {
            throw new StepFailed("BadInput", "The payload " + e.Message, innerException: e);
        }
    }

    /// <summary>The result of a step as JSON; emitted code returns this.</summary>
    public static ReadOnlyMemory<byte> Output<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>The JSON of a step without a result: <c>null</c>.</summary>
    public static ReadOnlyMemory<byte> NoOutput { get; } = "null"u8.ToArray();
}
