using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// Runs a workflow on an engine that replays the user's method from its history, such as Durable Functions; emitted code connects it
/// to the engine.
/// </summary>
/// <remarks>
/// Everything awaited here is a task of the engine, and none is awaited with <c>ConfigureAwait(false)</c>: the engine resumes the
/// method on a scheduler of its own and would lose it elsewhere. Retries are decided here and not by the engine, so that they are
/// counted and filtered by error code as everywhere else.
/// </remarks>
/// <param name="workflow">The workflow.</param>
/// <param name="runId">The engine's identifier of the run.</param>
/// <param name="callActivity">Calls the engine's activity of this name, <c>{workflow}-{step}</c>, once.</param>
/// <param name="wait">Waits on the engine's clock, until cancelled.</param>
/// <param name="failureOf">The failure of a step that an exception of the engine stands for; <see langword="null"/> for any other exception.</param>
public sealed class ReplayedWorkflow(
    WorkflowDefinition workflow,
    string runId,
    Func<string, JsonElement, Task<JsonElement>> callActivity,
    Func<TimeSpan, CancellationToken, Task> wait,
    Func<Exception, StepFailure?> failureOf) : IWorkflow
{
    private static readonly JsonElement Null = JsonDocument.Parse("null"u8.ToArray()).RootElement;

    /// <inheritdoc/>
    public string RunId => runId;

    /// <summary>Runs the workflow's body, within its timeout.</summary>
    /// <exception cref="StepFailedException">A step failed for good and the workflow did not handle it, or the run took too long.</exception>
    public async Task<JsonElement> RunAsync(JsonElement input, IServiceProvider services)
    {
        ReadOnlyMemory<byte> payload = input.ValueKind == JsonValueKind.Undefined ? StepCall.NoOutput : Encoding.UTF8.GetBytes(input.GetRawText());
        var scope = services.CreateAsyncScope();
        try
        {
            var body = workflow.Body(new WorkflowCall(this, payload, scope.ServiceProvider));
            await LimitAsync(body);
            using var document = JsonDocument.Parse(await body);
            return document.RootElement.Clone();
        }
        catch (StepFailed failed)
        {
            throw new StepFailedException(StepFailure.From(failed));
        }
        finally
        {
            _ = scope.DisposeAsync().AsTask(); // not awaited: it is no task of the engine
        }
    }

    // Ends when the body does, however it ends, or fails with the run's timeout. A timer left behind would keep the run open: it is cancelled.
    private async Task LimitAsync(Task body)
    {
        if (workflow.TimeoutSeconds == 0)
        {
            return;
        }

        using var ended = new CancellationTokenSource();
        var limit = wait(TimeSpan.FromSeconds(workflow.TimeoutSeconds), ended.Token);
        if (await Task.WhenAny(body, limit) == limit)
        {
            throw new StepFailed(StepFailed.TimeoutCode, $"The run took longer than {workflow.TimeoutSeconds} s.");
        }

        ended.Cancel();
    }

    /// <inheritdoc/>
    public async Task<TOut> RunStep<TIn, TOut>(string step, TIn input)
    {
        var definition = workflow.Step(step);
        var payload = definition.Input is { } inputType ? JsonSerializer.SerializeToElement(input, inputType) : Null;
        for (var calls = 1; ; calls++)
        {
            StepFailure failure;
            try
            {
                var output = await callActivity($"{workflow.Name}-{step}", payload);
                return definition.Output is { } outputType && output.ValueKind != JsonValueKind.Undefined ? (TOut)output.Deserialize(outputType)! : default!;
            }
            catch (Exception e) when (failureOf(e) is { } found)
            {
                failure = found;
            }

            if (!definition.Retry.Allows(failure.Code, calls))
            {
                throw failure.ToException();
            }

            await wait(definition.Retry.DelayAfter(calls), CancellationToken.None);
        }
    }

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
