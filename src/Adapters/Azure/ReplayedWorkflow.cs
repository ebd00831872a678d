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
/// <param name="context">The engine.</param>
public sealed class ReplayedWorkflow(WorkflowDefinition workflow, IReplayContext context) : EngineWorkflow(workflow, context.RunId)
{
    /// <summary>What follows the workflow's name in the name of the activity that publishes its events. No step can have this name.</summary>
    public const string PublishSuffix = "-publish-event";

    private readonly ReplayedMail _mail = new(context);

    /// <inheritdoc/>
    public override DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.UtcNow, DateTimeKind.Utc));

    /// <summary>Runs the workflow's body, within its timeout.</summary>
    /// <exception cref="StepFailedException">The run failed: a failure that the workflow did not handle, a programming error in its body, or its timeout.</exception>
    public async Task<JsonElement> RunAsync(JsonElement input, IServiceProvider services)
    {
        var scope = services.CreateAsyncScope();
        try
        {
            var body = RunBodyAsync(Bytes(input), scope.ServiceProvider);
            await LimitAsync(body);
            return Element(await body);
        }
        catch (Exception e) when (e is not StepFailedException)
        {
            throw new StepFailedException(StepFailure.From(e), e is StepFailed ? null : e);
        }
        finally
        {
            _ = scope.DisposeAsync().AsTask(); // not awaited: it is no task of the engine
        }
    }

    /// <inheritdoc/>
    protected override Guid NewGuid(string key) => context.NewGuid();

    /// <inheritdoc/>
    protected override async Task<StepAnswer> CallAsync(Operation operation, StepDefinition step, ReadOnlyMemory<byte> payload, int attempt, string? key)
    {
        var request = new StepRequest(step.Name, payload, RunId, attempt, key).ToJson();
        return new StepAnswer(await OutcomeAsync(() => context.CallActivity($"{Workflow.Name}-{step.Name}", request)), attempt);
    }

    /// <inheritdoc/>
    protected override Task WaitAsync(Operation operation, DateTimeOffset due, int attempt, CancellationToken stopped) => context.WaitUntil(due.UtcDateTime, stopped);

    /// <inheritdoc/>
    protected override async Task<ReadOnlyMemory<byte>?> ReceiveAsync(Operation operation, TimeSpan timeout, CancellationToken stopped)
    {
        var waiting = _mail.Wait(operation.Name);
        if (!waiting.Task.IsCompleted)
        {
            // A timer left behind would keep the run open: it is cancelled.
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopped);
            var limit = context.WaitUntil(context.UtcNow + timeout, ended.Token);
            await Task.WhenAny(waiting.Task, limit);
            if (!waiting.Task.IsCompleted)
            {
                _mail.Forget(operation.Name, waiting);
                stopped.ThrowIfCancellationRequested();
                return null;
            }

            ended.Cancel();
        }

        return Bytes(await waiting.Task);
    }

    /// <inheritdoc/>
    protected override Task<StepOutcome> RunChildAsync(Operation operation, ReadOnlyMemory<byte> input) =>
        OutcomeAsync(() => context.RunChild(operation.Name, $"{RunId}-{operation.Id}", Element(input)));

    /// <inheritdoc/>
    protected override async Task<StepFailure?> PublishAsync(Operation operation, PublishedEvent published)
    {
        var request = new StepRequest(PublishedEventJson.Step, PublishedEventJson.Write(published), RunId, 1).ToJson();
        return (await OutcomeAsync(() => context.CallActivity(Workflow.Name + PublishSuffix, request))).Failure;
    }

    private async Task<StepOutcome> OutcomeAsync(Func<Task<JsonElement>> call)
    {
        try
        {
            return new StepOutcome(Bytes(await call()), null);
        }
        catch (Exception e) when (context.FailureOf(e) is { } failure)
        {
            return new StepOutcome(default, failure);
        }
    }

    // Ends when the body does, however it ends, or fails with the run's timeout. A timer left behind would keep the run open: it is cancelled.
    private async Task LimitAsync(Task body)
    {
        if (Workflow.TimeoutSeconds == 0)
        {
            return;
        }

        using var ended = new CancellationTokenSource();
        var limit = context.WaitUntil(context.UtcNow.AddSeconds(Workflow.TimeoutSeconds), ended.Token);
        if (await Task.WhenAny(body, limit) == limit)
        {
            throw new StepFailed(StepFailed.TimeoutCode, $"The run took longer than {Workflow.TimeoutSeconds} s.");
        }

        ended.Cancel();
    }

    private static byte[] Bytes(JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? StepCall.NoOutput.ToArray() : Encoding.UTF8.GetBytes(json.GetRawText());

    private static JsonElement Element(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
