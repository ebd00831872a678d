using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp.Workflows;

/// <summary>
/// Runs on Google Workflows. The service names executions itself, so an identifier that the caller chose is kept beside the events, with the
/// execution that it stands for.
/// </summary>
internal sealed class GoogleWorkflowClient(IReadOnlyList<WorkflowDefinition> workflows, GoogleApi api, IMailboxStore store) : WorkflowClient(workflows)
{
    private const string Executions = "https://workflowexecutions.googleapis.com/v1/";

    protected override async Task<string> StartAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, string? runId, CancellationToken cancellationToken)
    {
        if (runId is null)
        {
            return await CreateAsync(workflow, input, cancellationToken).ConfigureAwait(false);
        }

        // Claim the identifier, start, note the execution. A crash in between leaves a claim without an execution: whoever comes next starts.
        var key = AliasKey(runId);
        var claimed = await store.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (claimed is null && await store.WriteAsync(key, "{}", null, cancellationToken).ConfigureAwait(false))
        {
            claimed = await store.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        }

        if (claimed is { } claim && ExecutionOf(claim) is null)
        {
            var execution = await CreateAsync(workflow, input, cancellationToken).ConfigureAwait(false);
            await store.WriteAsync(key, Object(json => json.WriteString("execution", execution)), claim.Version, cancellationToken).ConfigureAwait(false);
        }

        return runId;
    }

    protected override async Task RaiseAsync(string runId, string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var execution = await ResolveAsync(runId, cancellationToken).ConfigureAwait(false);
        await new EventMailboxes(store, new Callbacks(api)).RaiseAsync(EventMailboxes.KeyOf(execution, name), Encoding.UTF8.GetString(payload.Span), cancellationToken).ConfigureAwait(false);
    }

    protected override async Task<WorkflowRun?> GetAsync(WorkflowDefinition workflow, string runId, CancellationToken cancellationToken)
    {
        var execution = await ResolveAsync(runId, cancellationToken).ConfigureAwait(false);
        using var reply = await api.SendAsync(HttpMethod.Get, $"{Executions}{ResourceOf(workflow)}/executions/{Uri.EscapeDataString(execution)}", null, cancellationToken).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var described = Checked(reply);
        switch (described.GetProperty("state").GetString())
        {
            case "SUCCEEDED":
                return new WorkflowRun(runId, workflow.Name, WorkflowStatus.Succeeded, described.TryGetProperty("result", out var result) ? result.GetString() : "null");
            case "FAILED" or "CANCELLED" or "UNAVAILABLE":
                var payload = described.TryGetProperty("error", out var error) && error.TryGetProperty("payload", out var raised) ? raised.GetString() : null;
                return new WorkflowRun(runId, workflow.Name, WorkflowStatus.Failed, Failure: FailureOf(payload));
            default:
                return new WorkflowRun(runId, workflow.Name, WorkflowStatus.Running); // ACTIVE, QUEUED
        }
    }

    // What a definition raises is our failure as a map; anything else is the engine's own.
    private static Failure FailureOf(string? payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload ?? "null");
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String)
            {
                return new Failure(
                    code.GetString()!,
                    root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : "",
                    root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String ? data.GetString() : null);
            }
        }
        catch (JsonException)
        {
            // Text of the engine's.
        }

        return new Failure("WorkflowFailed", payload ?? "The run was cancelled.");
    }

    private async Task<string> CreateAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(Object(json => json.WriteString("argument", Encoding.UTF8.GetString(input.Span))));
        using var reply = await api.SendAsync(HttpMethod.Post, $"{Executions}{ResourceOf(workflow)}/executions", body, cancellationToken).ConfigureAwait(false);
        var name = Checked(reply).GetProperty("name").GetString()!; // projects/p/locations/l/workflows/w/executions/ID
        return name[(name.LastIndexOf('/') + 1)..];
    }

    private async ValueTask<string> ResolveAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(AliasKey(runId), cancellationToken).ConfigureAwait(false) is { } alias && ExecutionOf(alias) is { } execution ? execution : runId;

    private static string? ExecutionOf(StoredMailbox alias)
    {
        using var document = JsonDocument.Parse(alias.Json);
        return document.RootElement.TryGetProperty("execution", out var execution) ? execution.GetString() : null;
    }

    private static string AliasKey(string runId) => $"runs/{runId}";

    private static string Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonElement Checked(GoogleReply reply) => reply.Succeeded && reply.Body is { } body
        ? body.RootElement
        : throw new HttpRequestException($"Google Workflows answered {(int)reply.Status} {reply.ErrorStatus}.", null, reply.Status);

    private static string ResourceOf(WorkflowDefinition workflow)
    {
        var variable = $"PORTABLE_WORKFLOW_{workflow.Name.ToUpperInvariant().Replace('-', '_')}";
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } resource
            ? resource
            : throw new InvalidOperationException($"{variable} is not set: it is the resource name of the workflow '{workflow.Name}'.");
    }
}
