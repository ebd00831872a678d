namespace Portable;

/// <summary>Starts runs of workflows, raises events for them and looks at them; functions take it in their constructor.</summary>
public interface IWorkflowClient
{
    /// <summary>
    /// Starts a run of a workflow. Where an identifier is given and the workflow has a run of it already, nothing is started: whoever
    /// starts a run twice, as a function does whose message is delivered again, has one run.
    /// </summary>
    /// <typeparam name="TIn">The type of the workflow's input.</typeparam>
    /// <param name="workflow">The name of a workflow of this application.</param>
    /// <param name="input">Its input.</param>
    /// <param name="runId">The identifier of the run: up to 80 letters, digits, hyphens and underscores; a new one when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels asking; not the run.</param>
    /// <returns>The identifier of the run.</returns>
    /// <exception cref="ArgumentException">There is no such workflow, or it takes another input.</exception>
    Task<string> Start<TIn>(string workflow, TIn input, string? runId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Raises an event for a run, which takes it with <c>flow.Event</c>, now or later. An event for a run that has ended is of no effect.
    /// </summary>
    /// <typeparam name="T">The type of the payload: the one with which the workflow awaits the event.</typeparam>
    /// <param name="runId">The identifier of the run.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="cancellationToken">Cancels asking.</param>
    /// <exception cref="ArgumentException">No workflow awaits an event of this type, or, where the engine can tell, there is no such run.</exception>
    Task Raise<T>(string runId, string name, T payload, CancellationToken cancellationToken = default);

    /// <summary>Where a run stands; <see langword="null"/> when there is none of that identifier.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="runId">The identifier of the run.</param>
    /// <param name="cancellationToken">Cancels asking.</param>
    Task<WorkflowRun?> Get(string workflow, string runId, CancellationToken cancellationToken = default);
}

/// <summary>Where a run of a workflow stands.</summary>
public enum WorkflowStatus
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It has returned; see <see cref="WorkflowRun.Output"/>.</summary>
    Succeeded,

    /// <summary>It has failed; see <see cref="WorkflowRun.Failure"/>.</summary>
    Failed,
}

/// <summary>A run of a workflow.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Workflow">The name of the workflow.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Output">The result as JSON, once it has succeeded; <c>null</c> for a workflow without one.</param>
/// <param name="Failure">Why it failed, once it has.</param>
public sealed record WorkflowRun(string Id, string Workflow, WorkflowStatus Status, string? Output = null, Failure? Failure = null);
