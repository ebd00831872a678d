using Portable.Generator.Model;
using Portable.Generator.Workflows.Durable;

namespace Portable.Generator.Emit.Azure;

/// <summary>The functions that a workflow is made of on Durable Functions: the orchestrator and an activity per step.</summary>
internal static class AzureDurableMetadata
{
    private const string Activity = "{\"name\":\"input\",\"type\":\"activityTrigger\",\"direction\":\"In\"}";

    public static IEnumerable<(string Name, string EntryPoint, IEnumerable<string> Bindings)> Functions(WorkflowEntry workflow)
    {
        var type = $"{workflow.Namespace}.{workflow.Identifier}_Durable".Replace("@", "");
        yield return (workflow.Name, $"{type}.Orchestrate", ["{\"name\":\"context\",\"type\":\"orchestrationTrigger\",\"direction\":\"In\"}"]);
        foreach (var step in workflow.Steps)
        {
            yield return ($"{workflow.Name}-{step.Name}", $"{type}.{DurableEmitter.ActivityMethod(step.Name)}", [Activity]);
        }

        if (workflow.Publishes.Count > 0)
        {
            yield return (workflow.Name + DurableEmitter.PublishSuffix, $"{type}.{DurableEmitter.PublishMethod}", [Activity]);
        }
    }
}
