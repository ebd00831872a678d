using Portable.Generator.Model;
using Portable.Generator.Workflows.GoogleWorkflows;

namespace Portable.Generator.Emit.Gcp;

/// <summary>The Google Workflows definition of a workflow, the same for both hostings.</summary>
internal static class GoogleWorkflowDefinition
{
    public static EmittedFile? Definition(WorkflowUnit unit) =>
        GoogleWorkflowsEmitter.Emit(unit.Workflow) is { } text ? new EmittedFile($"definitions/gcp/{unit.Workflow.Name}.workflows.yaml", text) : null;
}
