using System.Text.Json;

namespace Portable.Runtime;

/// <summary>What became of one call of a step: a result as JSON, or a failure.</summary>
/// <param name="Output">The result as JSON.</param>
/// <param name="Failure">The failure, or <see langword="null"/>.</param>
public readonly record struct StepOutcome(ReadOnlyMemory<byte> Output, StepFailure? Failure)
{
    /// <summary>Whether the step succeeded.</summary>
    public bool Succeeded => Failure is null;
}

/// <summary>Runs one call of a step: applies its timeout and turns whatever it throws into a failure. Retries are the engine's.</summary>
public static class StepRunner
{
    /// <summary>Runs one call.</summary>
    public static async ValueTask<StepOutcome> RunAsync(StepDefinition step, ReadOnlyMemory<byte> input, InvocationContext context, TimeProvider time)
    {
        var deadline = context.CancellationToken;
        using var timeout = step.TimeoutSeconds > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(step.TimeoutSeconds), time) : null;
        using var linked = timeout is null ? null : CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, deadline);
        try
        {
            var call = new StepCall(input, context, linked?.Token ?? deadline);
            var work = step.Handler(call).AsTask();
            var output = timeout is null ? await work.ConfigureAwait(false) : await work.WaitAsync(timeout.Token).ConfigureAwait(false);
            return new StepOutcome(output, null);
        }
        catch (Exception e)
        {
            return new StepOutcome(default, StepFailure.From(e, timeout?.IsCancellationRequested ?? false));
        }
    }
}

/// <summary>The request to a <see cref="StepsFunction"/>, on every cloud.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Input">The payload as JSON; <c>null</c> for none.</param>
/// <param name="RunId">The run, where the engine says so.</param>
/// <param name="Attempt">Which call this is, from 1.</param>
public sealed record StepRequest(string Step, ReadOnlyMemory<byte> Input, string? RunId, int Attempt)
{
    /// <summary>Reads <c>{"step": "Charge", "input": {...}, "run": "id", "attempt": 1}</c>.</summary>
    /// <exception cref="FormatException">The text is no such request; the message says why.</exception>
    public static StepRequest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.String)
            {
                throw new FormatException("A step request has the form {\"step\": name, \"input\": payload}.");
            }

            ReadOnlyMemory<byte> input = root.TryGetProperty("input", out var payload)
                ? System.Text.Encoding.UTF8.GetBytes(payload.GetRawText())
                : StepCall.NoOutput;
            return new StepRequest(
                step.GetString()!,
                input,
                root.TryGetProperty("run", out var run) && run.ValueKind == JsonValueKind.String ? run.GetString() : null,
                root.TryGetProperty("attempt", out var attempt) && attempt.ValueKind == JsonValueKind.Number && attempt.TryGetInt32(out var number) ? number : 1);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no Unicode
        {
            throw new FormatException("The step request is not valid JSON.", e);
        }
    }
}
