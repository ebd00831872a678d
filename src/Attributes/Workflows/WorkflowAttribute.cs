namespace Portable;

/// <summary>
/// Marks a method whose C# body is the specification of a workflow: <c>async Task&lt;TOut&gt; Run(IWorkflow flow, TIn input)</c>.
/// It runs as it is locally and on Azure Durable Functions, and is compiled to Step Functions and Google Workflows.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Declares a workflow.</summary>
    /// <param name="name">Unique within the application; lower-case letters, digits and hyphens.</param>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The name of the workflow on every engine.</summary>
    public string Name { get; }

    /// <summary>How long a run may take, in seconds; 0 leaves the engine's own limit.</summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>Whether a run that fails undoes its completed steps before it ends; see <see cref="IWorkflow.Compensate"/>.</summary>
    public bool CompensateOnFailure { get; set; }

    /// <summary>
    /// Counts the shapes that the workflow has had, from 1: raise it when steps are taken out, renamed or put in another order while runs may be under way. The file
    /// <c>portable.workflows.txt</c> says which shapes those are (rule PORT735); engines do not look at it.
    /// </summary>
    public int Version { get; set; } = 1;

    /// <summary>
    /// Whether it runs as an Express workflow on Step Functions: at most five minutes, at least once, no events and no children. Other
    /// engines ignore it.
    /// </summary>
    public bool Express { get; set; }
}
