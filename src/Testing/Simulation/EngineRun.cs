namespace Portable.Testing;

/// <summary>A run to simulate.</summary>
/// <param name="Application">The application.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Script">Answers steps and children.</param>
/// <param name="Input">The input as JSON text.</param>
/// <param name="RunId">The run's identifier.</param>
/// <param name="Start">When it starts.</param>
/// <param name="Events">Events from outside.</param>
internal sealed record EngineRun(
    SimulatedApplication Application,
    string Workflow,
    SimulationScript Script,
    string Input,
    string RunId,
    DateTimeOffset Start,
    IReadOnlyList<ScriptedEvent> Events)
{
    /// <summary>The workflows that run as they are, this one first: all that it may run, except for those that are scripted and what only these run.</summary>
    public IEnumerable<Runtime.WorkflowDefinition> Real => Application.Family(Workflow).Where(workflow => workflow.Name == Workflow || !Script.Children.ContainsKey(workflow.Name));
}
