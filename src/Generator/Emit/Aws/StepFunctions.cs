using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;

namespace Portable.Generator.Emit.Aws;

/// <summary>The Step Functions definition of a workflow, the same for both hostings.</summary>
internal static class StepFunctions
{
    public static EmittedFile? Definition(WorkflowUnit unit) =>
        AslEmitter.Emit(unit.Workflow) is { } text ? new EmittedFile($"definitions/aws/{unit.Workflow.Name}.asl.json", text) : null;

    /// <summary>The definition's substitutions: <c>${StepsFunctionArn}</c>.</summary>
    public static IEnumerable<SubstitutionModel> Substitutions(WorkflowEntry workflow)
    {
        var called = workflow.Steps.Where(step => workflow.Called.Contains(step.Name)).ToList();
        if (workflow.Events.Count > 0 || called.Exists(static step => step is { IsIsolated: false, Endpoint: null }))
        {
            yield return new SubstitutionModel(AslEmitter.FunctionSubstitution("Steps"), "steps", workflow.StepsName);
        }

        foreach (var step in called.Where(static step => step is { IsIsolated: true, Endpoint: null }))
        {
            yield return new SubstitutionModel(AslEmitter.FunctionSubstitution(step.Name), "step", step.Name);
        }

        foreach (var endpoint in called.Select(static step => step.Endpoint).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return new SubstitutionModel(AslEmitter.EndpointSubstitution(endpoint), "endpoint", endpoint);
        }

        foreach (var endpoint in called.Where(static step => step.IsHttp).Select(static step => step.Endpoint).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return new SubstitutionModel(AslEmitter.ConnectionSubstitution(endpoint), "connection", endpoint);
        }

        foreach (var child in workflow.Children)
        {
            yield return new SubstitutionModel(AslEmitter.MachineSubstitution(child), "workflow", child);
        }

        if (workflow.Publishes.Count > 0)
        {
            yield return new SubstitutionModel(AslEmitter.EventBusSubstitution, "events", null);
        }
    }
}
