using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// The <see cref="IWorkflow"/> of one run: steps run in this process, with their payload and result passed through JSON as on every other
/// engine, so that what does not survive JSON shows at once.
/// </summary>
internal sealed class LocalWorkflow(PortableApp app, TimeProvider time, WorkflowDefinition workflow, LocalRun run, CancellationToken cancellation) : IWorkflow
{
    private int _calls;

    public string RunId => run.Id;

    public async Task<TOut> RunStep<TIn, TOut>(string step, TIn input)
    {
        var definition = workflow.Step(step);
        var payload = Write(definition.Input, input);
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Record(RunEventKind.StepStarted, step, attempt, payload);
            var outcome = await CallAsync(definition, payload, attempt).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (outcome.Failure is not { } failure)
            {
                run.Record(RunEventKind.StepSucceeded, step, attempt, outcome.Output);
                return Read<TOut>(definition.Output, outcome.Output);
            }

            run.Record(RunEventKind.StepFailed, step, attempt, failure: failure);
            if (!definition.Retry.Allows(failure.Code, attempt))
            {
                throw failure.ToException();
            }

            var delay = definition.Retry.DelayAfter(attempt);
            run.Record(RunEventKind.RetryScheduled, step, attempt + 1, delay: delay);
            await Task.Delay(delay, time, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<StepOutcome> CallAsync(StepDefinition step, ReadOnlyMemory<byte> payload, int attempt)
    {
        var invocation = $"{run.Id}-{Interlocked.Increment(ref _calls)}";
        await using var context = new InvocationContext(app, $"{workflow.Name}-steps", invocation, attempt, abort: cancellation);
        return await StepRunner.RunAsync(step, payload, context, time).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Write<T>(JsonTypeInfo? type, T value) => type switch
    {
        null => StepCall.NoOutput,
        JsonTypeInfo<T> exact => JsonSerializer.SerializeToUtf8Bytes(value, exact),
        _ => JsonSerializer.SerializeToUtf8Bytes(value, type),
    };

    private static T Read<T>(JsonTypeInfo? type, ReadOnlyMemory<byte> json) => type switch
    {
        null => default!,
        JsonTypeInfo<T> exact => JsonSerializer.Deserialize(json.Span, exact)!,
        _ => (T)JsonSerializer.Deserialize(json.Span, type)!,
    };

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => throw new NotSupportedException();

    /// <inheritdoc/>
    public Guid NewGuid() => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task Delay(TimeSpan delay) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task Until(DateTimeOffset time) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<T> Event<T>(string name, TimeSpan timeout) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task Publish<T>(T @event) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task Compensate() => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool IsStep(string name) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<TOut> RunChild<TIn, TOut>(string workflow, TIn input) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task RunAll(IReadOnlyList<Func<Task>> bodies, int maxConcurrency, bool collects) => throw new NotSupportedException();
}
