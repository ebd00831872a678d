using Portable.Generator.Model;
using Portable.Generator.Workflows.Durable;

namespace Portable.Generator.Emit.Azure;

/// <summary>What the host is told of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EntryPoint">The method that runs it.</param>
/// <param name="Bindings">Its bindings as JSON.</param>
/// <param name="Retry">How the host repeats it.</param>
internal sealed record AzureFunctionMetadata(string Name, string EntryPoint, IReadOnlyList<string> Bindings, AzureRetry? Retry = null);

/// <summary>The functions that a workflow is made of on Durable Functions: the orchestrator and an activity per step.</summary>
internal static class AzureDurableMetadata
{
    private const string Activity = "{\"name\":\"input\",\"type\":\"activityTrigger\",\"direction\":\"In\"}";

    public static IEnumerable<AzureFunctionMetadata> Functions(WorkflowEntry workflow)
    {
        var type = $"{workflow.Namespace}.{workflow.Identifier}_Durable".Replace("@", "");
        yield return new(workflow.Name, $"{type}.Orchestrate", ["{\"name\":\"context\",\"type\":\"orchestrationTrigger\",\"direction\":\"In\"}"]);
        foreach (var step in workflow.Steps)
        {
            yield return new($"{workflow.Name}-{step.Name}", $"{type}.{DurableEmitter.ActivityMethod(step.Name)}", [Activity]);
        }

        if (workflow.Publishes.Count > 0)
        {
            yield return new(workflow.Name + DurableEmitter.PublishSuffix, $"{type}.{DurableEmitter.PublishMethod}", [Activity]);
        }
    }
}
