using Portable.Generator.Model;
using Portable.Generator.Workflows.GoogleWorkflows;

namespace Portable.Generator.Emit.Gcp;

/// <summary>The Google Workflows definition of a workflow, the same for both hostings.</summary>
internal static class GoogleWorkflowDefinition
{
    public static EmittedFile? Definition(WorkflowUnit unit) =>
        GoogleWorkflowsEmitter.Emit(unit.Workflow) is { } text ? new EmittedFile($"definitions/gcp/{unit.Workflow.Name}.workflows.yaml", text) : null;

    /// <summary>The environment variables that the definition reads.</summary>
    public static IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow)
    {
        var called = workflow.Steps.Where(step => workflow.Called.Contains(step.Name)).ToList();
        if (workflow.Events.Count > 0 || called.Exists(static step => step is { IsIsolated: false, Endpoint: null }))
        {
            yield return new SubstitutionModel(GoogleWorkflowsEmitter.StepsVariable, "steps", workflow.StepsName);
        }

        foreach (var step in called.Where(static step => step is { IsIsolated: true, Endpoint: null }))
        {
            yield return new SubstitutionModel(GoogleWorkflowsEmitter.StepVariable(step.Name), "step", step.Name);
        }

        foreach (var endpoint in called.Select(static step => step.Endpoint).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return new SubstitutionModel(GoogleWorkflowsEmitter.EndpointVariable(endpoint), "endpoint", endpoint);
        }

        if (workflow.Publishes.Count > 0)
        {
            yield return new SubstitutionModel(GoogleWorkflowsEmitter.EventsVariable, "events", null);
        }
    }
}
