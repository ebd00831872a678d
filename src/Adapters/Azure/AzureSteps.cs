using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>The steps of one workflow as Durable activities; emitted activities call it. Retries are the orchestrator's. Safe for concurrent use.</summary>
public sealed class AzureSteps
{
    private readonly PortableApp _app;
    private readonly FunctionInvoker _invoker;
    private readonly StepsFunction _steps;

    /// <summary>Takes a workflow of the application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="workflowName">The name of the workflow.</param>
    /// <exception cref="InvalidOperationException">There is no such workflow; the message names those that there are.</exception>
    public AzureSteps(PortableApp app, string workflowName)
    {
        var workflow = app.Workflows.FirstOrDefault(candidate => candidate.Name == workflowName) ?? throw new InvalidOperationException(
            $"There is no workflow '{workflowName}'; there is {string.Join(", ", app.Workflows.Select(static candidate => candidate.Name))}.");
        _app = app;
        _invoker = new FunctionInvoker(app);
        _steps = new StepsFunction($"{workflow.Name}-steps", workflow.Steps);
    }

    /// <summary>Runs one call of a step.</summary>
    /// <param name="step">The name of the step.</param>
    /// <param name="input">The payload.</param>
    /// <param name="runId">The run.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <returns>The result; JSON's <c>null</c> for a step without one.</returns>
    /// <exception cref="StepFailedException">The step failed.</exception>
    public async Task<JsonElement> InvokeAsync(string step, JsonElement input, string runId, string invocationId, CancellationToken cancellationToken)
    {
        var output = await RunAsync(step, input.ValueKind == JsonValueKind.Undefined ? "null" : input.GetRawText(), runId, invocationId, cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>Runs one call of a step, with payload and result as JSON texts.</summary>
    /// <inheritdoc cref="InvokeAsync(string, JsonElement, string, string, CancellationToken)"/>
    public async Task<string> InvokeAsync(string step, string inputJson, string runId, string invocationId, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString((await RunAsync(step, inputJson, runId, invocationId, cancellationToken).ConfigureAwait(false)).Span);

    private async ValueTask<ReadOnlyMemory<byte>> RunAsync(string step, string inputJson, string runId, string invocationId, CancellationToken cancellationToken)
    {
        var request = new StepRequest(step, Encoding.UTF8.GetBytes(inputJson), runId, Attempt: 1);
        var context = new InvocationContext(_app, _steps.Name, invocationId, abort: cancellationToken);
        var outcome = await _invoker.InvokeAsync(_steps, request, context).ConfigureAwait(false);
        return outcome.Failure is { } failure ? throw new StepFailedException(failure) : outcome.Output;
    }
}
