using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Prints a workflow as an Amazon States Language definition: JSONata throughout, variables through <c>Assign</c>.</summary>
internal static class AslEmitter
{
    /// <summary>The definition; <see langword="null"/> when the workflow has no compiled body.</summary>
    /// <param name="model">The workflow, with JSON names.</param>
    public static string? Emit(WorkflowModel model)
    {
        model = Sagas.Apply(model);
        if (model.Body is not { } body)
        {
            return null;
        }

        var machine = AslMachine.Lower(Chains.Apply(Guards.Apply(Folding.Apply(Simplify.Apply(body), model.InputVariable))), model);
        var json = new JsonObject()
            .Add("Comment", $"Workflow {model.Name}, compiled by Portable from {model.Activation.Type.Name}.{model.Method}. Edit the C# code, not this file.")
            .Add("QueryLanguage", "JSONata")
            .Add("StartAt", machine.Start);
        if (model.TimeoutSeconds > 0)
        {
            json.Add("TimeoutSeconds", JsonNode.Number(model.TimeoutSeconds));
        }

        return json.Add("States", machine.States).Print();
    }

    /// <summary>The name of the template's substitution for the event bus.</summary>
    public const string EventBusSubstitution = "EventBusName";

    /// <summary>The name of the template's substitution for a function: an isolated step's own, or the one of the steps.</summary>
    public static string FunctionSubstitution(string step) => step + "FunctionArn";

    /// <summary>The name of the template's substitution for an endpoint: <c>risk-model</c> is <c>RiskModelEndpoint</c>.</summary>
    public static string EndpointSubstitution(string endpoint) => Pascal(endpoint) + "Endpoint";

    /// <summary>The name of the template's substitution for the EventBridge connection of an HTTP endpoint: <c>risk-model</c> has <c>RiskModelConnectionArn</c>.</summary>
    public static string ConnectionSubstitution(string endpoint) => Pascal(endpoint) + "ConnectionArn";

    /// <summary>The name of the template's substitution for a workflow's machine: <c>ship-parcel</c> is <c>ShipParcelStateMachineArn</c>.</summary>
    public static string MachineSubstitution(string workflow) => Pascal(workflow) + "StateMachineArn";

    private static string Pascal(string name) =>
        string.Concat(name.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(static part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
}
