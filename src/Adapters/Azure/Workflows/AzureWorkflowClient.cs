using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure.Workflows;

/// <summary>Runs on Durable Functions. A run's identifier is the instance's; the engine itself keeps events that are raised early.</summary>
internal sealed class AzureWorkflowClient(IReadOnlyList<WorkflowDefinition> workflows, HttpClient http) : WorkflowClient(workflows)
{
    // What the extension answers (HTTP API reference): 202 accepted, 404 no such instance, 410 the instance has ended.
    protected override async Task<string> StartAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, string? runId, CancellationToken cancellationToken)
    {
        if (runId is not null && await GetAsync(workflow, runId, cancellationToken).ConfigureAwait(false) is not null)
        {
            return runId; // to start it again would replace an instance that has ended
        }

        var id = runId ?? Guid.NewGuid().ToString("n");
        using var response = await SendAsync(HttpMethod.Post, $"orchestrators/{workflow.Name}/{Uri.EscapeDataString(id)}", input, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.Conflict ? id : Checked(response, id);
    }

    protected override async Task RaiseAsync(string runId, string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, $"instances/{Uri.EscapeDataString(runId)}/raiseEvent/{name}", payload, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ArgumentException($"There is no run '{runId}'.", nameof(runId));
        }

        if (response.StatusCode != HttpStatusCode.Gone)
        {
            Checked(response, runId);
        }
    }

    protected override async Task<WorkflowRun?> GetAsync(WorkflowDefinition workflow, string runId, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"instances/{Uri.EscapeDataString(runId)}", null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        // A failed instance is answered with 200 or, when asked so, 500; the body says the state either way.
        if (response.StatusCode != HttpStatusCode.InternalServerError)
        {
            Checked(response, runId);
        }

        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var root = document.RootElement;
        var output = root.TryGetProperty("output", out var value) ? value : default;
        return Text(root, "runtimeStatus") switch
        {
            "Completed" => new WorkflowRun(runId, workflow.Name, WorkflowStatus.Succeeded, output.ValueKind == JsonValueKind.Undefined ? "null" : output.GetRawText()),
            "Failed" or "Terminated" or "Canceled" => new WorkflowRun(runId, workflow.Name, WorkflowStatus.Failed, Failure: FailureOf(output)),
            _ => new WorkflowRun(runId, workflow.Name, WorkflowStatus.Running),
        };
    }

    private static Failure FailureOf(JsonElement output)
    {
        var text = output.ValueKind == JsonValueKind.String ? output.GetString() : output.ValueKind == JsonValueKind.Undefined ? "" : output.GetRawText();
        return StepFailure.Find(text) is { } failure
            ? new Failure(failure.Code, failure.Message, failure.Data)
            : new Failure("WorkflowFailed", text ?? "");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = new HttpRequestMessage(method, $"{Address()}/runtime/webhooks/durabletask/{path}{separator}code={Uri.EscapeDataString(Key())}");
        if (body is { } content)
        {
            request.Content = new ReadOnlyMemoryContent(content);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static string Checked(HttpResponseMessage response, string id) => response.IsSuccessStatusCode
        ? id
        : throw new HttpRequestException($"Durable Functions answered {(int)response.StatusCode}.", null, response.StatusCode);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Address() => Environment.GetEnvironmentVariable("PORTABLE_DURABLE_URL") is { Length: > 0 } address ? address.TrimEnd('/')
        : Environment.GetEnvironmentVariable("WEBSITE_HOSTNAME") is { Length: > 0 } host ? $"https://{host}"
        : throw new InvalidOperationException("PORTABLE_DURABLE_URL is not set: it is the address of the function app whose Durable extension runs the workflows.");

    private static string Key() => Environment.GetEnvironmentVariable("PORTABLE_DURABLE_KEY")
        ?? throw new InvalidOperationException("PORTABLE_DURABLE_KEY is not set: it is the function app's system key 'durabletask_extension'.");
}
