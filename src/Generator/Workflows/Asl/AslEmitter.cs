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
        if (model.Body is not { } body)
        {
            return null;
        }

        var machine = new AslMachine(model);
        var start = machine.Lower(Simplify.Apply(body));
        var json = new JsonObject()
            .Add("Comment", $"Workflow {model.Name}, compiled by Portable from {model.Activation.Type.Name}.{model.Method}. Edit the C# code, not this file.")
            .Add("QueryLanguage", "JSONata")
            .Add("StartAt", start);
        if (model.TimeoutSeconds > 0)
        {
            json.Add("TimeoutSeconds", JsonNode.Number(model.TimeoutSeconds));
        }

        var states = new JsonObject();
        foreach (var state in machine.States)
        {
            states.Add(state.Name, state.Print());
        }

        return json.Add("States", states).Print();
    }

    /// <summary>The name of the template's substitution for an endpoint: <c>risk-model</c> is <c>RiskModelEndpoint</c>.</summary>
    public static string EndpointSubstitution(string endpoint) =>
        string.Concat(endpoint.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(static part => char.ToUpperInvariant(part[0]) + part.Substring(1))) + "Endpoint";
}
