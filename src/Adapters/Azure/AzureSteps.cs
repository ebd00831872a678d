using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portable.Azure.Workflows;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>The steps of one workflow as Durable activities; emitted activities call it. Retries are the orchestrator's. Safe for concurrent use.</summary>
public sealed class AzureSteps
{
    private readonly PortableApp _app;
    private readonly FunctionInvoker _invoker;
    private readonly StepsFunction _steps;
    private readonly Lazy<IEventPublisher?> _topic = new(static () => EventGridPublisher.FromEnvironment(Environment.GetEnvironmentVariable, new HttpClient()), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Takes a workflow of the application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="workflowName">The name of the workflow.</param>
    /// <exception cref="InvalidOperationException">There is no such workflow; the message names those that there are.</exception>
    public AzureSteps(PortableApp app, string workflowName)
    {
        var workflow = app.Workflows.FirstOrDefault(candidate => candidate.Name == workflowName) ?? throw new InvalidOperationException(
            $"There is no workflow '{workflowName}'; there is {string.Join(", ", app.Workflows.Select(static candidate => candidate.Name))}.");
        _app = app.WithTelemetry();
        _invoker = new FunctionInvoker(app);
        _steps = new StepsFunction($"{workflow.Name}-steps", workflow.Steps);
    }

    /// <summary>Runs one call of a step.</summary>
    /// <param name="step">The name of the step.</param>
    /// <param name="request">What the orchestrator sends: <c>{"step": ..., "input": ..., "run": ..., "attempt": ..., "key": ...}</c>.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <returns>The result; JSON's <c>null</c> for a step without one.</returns>
    /// <exception cref="StepFailedException">The step failed.</exception>
    public Task<JsonElement> InvokeAsync(string step, JsonElement request, string invocationId, CancellationToken cancellationToken) => InvokeAsync(step, request, invocationId, null, cancellationToken);

    /// <summary>Runs one call of a step within a trace.</summary>
    /// <param name="step">The name of the step.</param>
    /// <param name="request">What the orchestrator sends.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> of the host, which is the run's where Durable Functions' distributed tracing is on.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <inheritdoc cref="InvokeAsync(string, JsonElement, string, CancellationToken)"/>
    public async Task<JsonElement> InvokeAsync(string step, JsonElement request, string invocationId, string? traceParent, CancellationToken cancellationToken)
    {
        var call = Read(request) with { Step = step };
        var context = new InvocationContext(_app, _steps.Name, invocationId, call.Attempt, traceParent: traceParent, abort: cancellationToken, runId: call.RunId, idempotencyKey: call.Key);
        var outcome = await _invoker.InvokeAsync(_steps, call, context).ConfigureAwait(false);
        using var document = outcome.Failure is { } failure ? throw new StepFailedException(failure) : JsonDocument.Parse(outcome.Output);
        return document.RootElement.Clone();
    }

    /// <summary>Publishes an event of the workflow.</summary>
    /// <inheritdoc cref="InvokeAsync(string, JsonElement, string, CancellationToken)"/>
    public async Task<JsonElement> PublishAsync(JsonElement request, CancellationToken cancellationToken)
    {
        try
        {
            var publisher = _app.Services.GetService<IEventPublisher>() ?? _topic.Value ?? throw new StepFailedException(new StepFailure(
                "NoPublisher",
                $"The workflow publishes an event, and there is nothing to publish it with: set {EventGridPublisher.EndpointVariable} to an Event Grid topic, or register an IEventPublisher in the startup class."));
            await publisher.Publish(PublishedEventJson.Read(Read(request).Input), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not StepFailedException)
        {
            throw new StepFailedException(StepFailure.From(e), e);
        }

        using var document = JsonDocument.Parse(StepCall.NoOutput);
        return document.RootElement.Clone();
    }

    private static StepRequest Read(JsonElement request)
    {
        try
        {
            return StepRequest.Parse(request);
        }
        catch (FormatException e)
        {
            throw new StepFailedException(new StepFailure("BadInput", e.Message));
        }
    }
}
