using System.Text;
using System.Text.Json;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws.Workflows;

/// <summary>Runs on Step Functions. A run's identifier is the name of its execution.</summary>
internal sealed class AwsWorkflowClient(IReadOnlyList<WorkflowDefinition> workflows, AwsApi api, EventMailboxes mailboxes) : WorkflowClient(workflows)
{
    protected override async Task<string> StartAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, string? runId, CancellationToken cancellationToken)
    {
        var name = runId ?? Guid.NewGuid().ToString();
        var body = AwsJson.Object(json =>
        {
            json.WriteString("stateMachineArn", ArnOf(workflow));
            json.WriteString("name", name);
            json.WriteString("input", Encoding.UTF8.GetString(input.Span));
            if (RuntimeApi.XRayTrace.FromTraceParent(InvocationContext.OutgoingTrace) is { } trace)
            {
                json.WriteString("traceHeader", trace); // Step Functions passes it on to the functions of the steps (API reference, StartExecution)
            }
        });
        try
        {
            using var answer = await api.CallAsync(AwsService.StepFunctions, "StartExecution", body, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsApiException e) when (e.Code == "ExecutionAlreadyExists" && runId is not null)
        {
            // Started before, perhaps with this very call.
        }

        return name;
    }

    protected override async Task RaiseAsync(string runId, string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        await mailboxes.RaiseAsync(EventMailboxes.KeyOf(runId, name), Encoding.UTF8.GetString(payload.Span), cancellationToken).ConfigureAwait(false);

    protected override async Task<WorkflowRun?> GetAsync(WorkflowDefinition workflow, string runId, CancellationToken cancellationToken)
    {
        var arn = ArnOf(workflow).Replace(":stateMachine:", ":execution:", StringComparison.Ordinal);
        var body = AwsJson.Object(json => json.WriteString("executionArn", $"{arn}:{runId}"));
        try
        {
            using var answer = await api.CallAsync(AwsService.StepFunctions, "DescribeExecution", body, cancellationToken).ConfigureAwait(false);
            return RunOf(workflow.Name, runId, answer.RootElement);
        }
        catch (AwsApiException e) when (e.Code == "ExecutionDoesNotExist")
        {
            return null;
        }
    }

    private static WorkflowRun RunOf(string workflow, string runId, JsonElement described)
    {
        switch (Text(described, "status"))
        {
            case "SUCCEEDED":
                return new WorkflowRun(runId, workflow, WorkflowStatus.Succeeded, Text(described, "output") ?? "null");
            case "FAILED" or "TIMED_OUT" or "ABORTED":
                var cause = Text(described, "cause");
                var error = Text(described, "error");
                var failure = StepFailure.Find(cause) ?? new StepFailure(
                    error switch
                    {
                        "States.Timeout" => StepFailed.TimeoutCode,
                        null => Text(described, "status") == "TIMED_OUT" ? StepFailed.TimeoutCode : "Aborted",
                        _ => error,
                    },
                    cause ?? "");
                return new WorkflowRun(runId, workflow, WorkflowStatus.Failed, Failure: new Failure(failure.Code, failure.Message, failure.Data));
            default:
                return new WorkflowRun(runId, workflow, WorkflowStatus.Running); // also PENDING_REDRIVE
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string ArnOf(WorkflowDefinition workflow)
    {
        var variable = $"PORTABLE_WORKFLOW_{workflow.Name.ToUpperInvariant().Replace('-', '_')}_ARN";
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } arn
            ? arn
            : throw new InvalidOperationException($"{variable} is not set: it is the ARN of the state machine of the workflow '{workflow.Name}'.");
    }
}
