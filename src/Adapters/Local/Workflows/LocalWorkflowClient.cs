using System.Text;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>The workflows of this process, for its functions.</summary>
internal sealed class LocalWorkflowClient(LocalWorkflowEngine engine) : WorkflowClient(engine.Workflows)
{
    protected override async Task<string> StartAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, string? runId, CancellationToken cancellationToken)
    {
        var run = engine.StartOrFind(workflow.Name, Encoding.UTF8.GetString(input.Span), runId);
        await run.Kept.WaitAsync(cancellationToken).ConfigureAwait(false);
        return run.Id;
    }

    protected override async Task RaiseAsync(string runId, string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (engine.Find(runId) is null)
        {
            throw new ArgumentException($"There is no run '{runId}'.", nameof(runId));
        }

        await engine.RaiseAsync(runId, name, Encoding.UTF8.GetString(payload.Span)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task<WorkflowRun?> GetAsync(WorkflowDefinition workflow, string runId, CancellationToken cancellationToken) =>
        Task.FromResult(engine.Find(runId) is { } run && run.Workflow == workflow.Name
            ? new WorkflowRun(
                run.Id,
                run.Workflow,
                run.Status switch { RunStatus.Succeeded => WorkflowStatus.Succeeded, RunStatus.Failed => WorkflowStatus.Failed, _ => WorkflowStatus.Running },
                run.Output,
                run.Failure is { } failure ? new Failure(failure.Code, failure.Message, failure.Data) : null)
            : null);
}
