using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

/// <summary>
/// What every <see cref="IWorkflowClient"/> has in common: it finds the workflow and the JSON contracts of what it is given. The rest
/// is JSON.
/// </summary>
/// <param name="workflows">The workflows of the application.</param>
public abstract class WorkflowClient(IReadOnlyList<WorkflowDefinition> workflows) : IWorkflowClient
{
    /// <inheritdoc/>
    public Task<string> Start<TIn>(string workflow, TIn input, string? runId = null, CancellationToken cancellationToken = default)
    {
        var definition = Find(workflow);
        ReadOnlyMemory<byte> json = definition.Input switch
        {
            null => StepCall.NoOutput,
            JsonTypeInfo<TIn> type => JsonSerializer.SerializeToUtf8Bytes(input, type),
            var other => throw new ArgumentException($"The workflow '{workflow}' takes {other.Type.Name}, not {typeof(TIn).Name}.", nameof(input)),
        };
        return StartAsync(definition, json, runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task Raise<T>(string runId, string name, T payload, CancellationToken cancellationToken = default)
    {
        var type = workflows.Select(static workflow => workflow.Contract<T>()).FirstOrDefault(static type => type is not null)
            ?? throw new ArgumentException($"No workflow of this application awaits an event with {typeof(T).Name}.", nameof(payload));
        return RaiseAsync(runId, name, JsonSerializer.SerializeToUtf8Bytes(payload, type), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WorkflowRun?> Get(string workflow, string runId, CancellationToken cancellationToken = default) => GetAsync(Find(workflow), runId, cancellationToken);

    /// <summary>Starts a run, unless there is one of this identifier.</summary>
    protected abstract Task<string> StartAsync(WorkflowDefinition workflow, ReadOnlyMemory<byte> input, string? runId, CancellationToken cancellationToken);

    /// <summary>Raises an event.</summary>
    protected abstract Task RaiseAsync(string runId, string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Looks at a run.</summary>
    protected abstract Task<WorkflowRun?> GetAsync(WorkflowDefinition workflow, string runId, CancellationToken cancellationToken);

    private WorkflowDefinition Find(string workflow) => workflows.FirstOrDefault(candidate => candidate.Name == workflow)
        ?? throw new ArgumentException($"There is no workflow '{workflow}'; there is {string.Join(", ", workflows.Select(static candidate => $"'{candidate.Name}'"))}.", nameof(workflow));
}
