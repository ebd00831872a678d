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
        var span = context.Begin(context.Application.Telemetry?.Step(step, context));
        var outcome = await CallAsync(step, input, context, time).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            span?.Failed(failure.Code, failure.Code == StepFailed.TimeoutCode);
        }

        return outcome;
    }

    private static async ValueTask<StepOutcome> CallAsync(StepDefinition step, ReadOnlyMemory<byte> input, InvocationContext context, TimeProvider time)
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
