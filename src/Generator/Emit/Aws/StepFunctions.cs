using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;

namespace Portable.Generator.Emit.Aws;

/// <summary>The Step Functions definition of a workflow, the same for both hostings.</summary>
internal static class StepFunctions
{
    public static EmittedFile? Definition(WorkflowUnit unit) =>
        AslEmitter.Emit(unit.Workflow) is { } text ? new EmittedFile($"definitions/aws/{unit.Workflow.Name}.asl.json", text) : null;
}
