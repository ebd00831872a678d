using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

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
/// <param name="wait">Waits on the engine's clock.</param>
/// <param name="failureOf">The failure of a step that an exception of the engine stands for; <see langword="null"/> for any other exception.</param>
public sealed class ReplayedWorkflow(
    WorkflowDefinition workflow,
    string runId,
    Func<string, JsonElement, Task<JsonElement>> callActivity,
    Func<TimeSpan, Task> wait,
    Func<Exception, StepFailure?> failureOf) : IWorkflow
{
    private static readonly JsonElement Null = JsonDocument.Parse("null"u8.ToArray()).RootElement;

    /// <inheritdoc/>
    public string RunId => runId;

    /// <summary>Runs the workflow's body.</summary>
    /// <exception cref="StepFailureException">A step failed for good and the workflow did not handle it.</exception>
    public async Task<JsonElement> RunAsync(JsonElement input, IServiceProvider services)
    {
        ReadOnlyMemory<byte> payload = input.ValueKind == JsonValueKind.Undefined ? StepCall.NoOutput : JsonBytes.Of(input);
        try
        {
            return JsonBytes.Parse(await workflow.Body(new WorkflowCall(this, payload, services)));
        }
        catch (StepFailed failed)
        {
            throw new StepFailureException(StepFailure.From(failed));
        }
    }

    /// <inheritdoc/>
    public async Task<TOut> RunStep<TIn, TOut>(string step, TIn input)
    {
        var definition = workflow.Step(step);
        var payload = definition.Input is JsonTypeInfo<TIn> inputType ? JsonSerializer.SerializeToElement(input, inputType) : Null;
        for (var calls = 1; ; calls++)
        {
            StepFailure failure;
            try
            {
                var output = await callActivity($"{workflow.Name}-{step}", payload);
                return definition.Output is JsonTypeInfo<TOut> outputType && output.ValueKind != JsonValueKind.Undefined ? output.Deserialize(outputType)! : default!;
            }
            catch (Exception e) when (failureOf(e) is { } found)
            {
                failure = found;
            }

            if (!definition.Retry.Allows(failure.Code, calls))
            {
                throw failure.ToException();
            }

            await wait(definition.Retry.DelayAfter(calls));
        }
    }
}

/// <summary>One call of a step as an activity of such an engine.</summary>
public static class StepActivity
{
    /// <summary>Runs a step once.</summary>
    /// <exception cref="StepFailureException">The step failed; the message carries the failure to the engine.</exception>
    public static async Task<JsonElement> RunAsync(PortableApp app, WorkflowDefinition workflow, string step, JsonElement input, string invocationId, CancellationToken cancellationToken)
    {
        var name = $"{workflow.Name}-{step}";
        var request = new StepRequest(step, input.ValueKind == JsonValueKind.Undefined ? StepCall.NoOutput : JsonBytes.Of(input), null, 1);
        var outcome = await new FunctionInvoker(app)
            .InvokeAsync(new StepsFunction(name, workflow.Steps), request, new InvocationContext(app, name, invocationId, abort: cancellationToken))
            .ConfigureAwait(false);
        return outcome.Failure is { } failure ? throw new StepFailureException(failure) : JsonBytes.Parse(outcome.Output);
    }
}

/// <summary>Carries a failure through an engine that keeps no more of an exception than its message.</summary>
public sealed class StepFailureException : Exception
{
    /// <summary>Wraps a failure.</summary>
    public StepFailureException(StepFailure failure)
        : base("StepFailed: " + failure.ToJson()) => Failure = failure;

    /// <summary>The failure.</summary>
    public StepFailure Failure { get; }
}

internal static class JsonBytes
{
    public static ReadOnlyMemory<byte> Of(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
