using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Prints a workflow as a Google Workflows definition: <c>main</c>, one subworkflow per step, and what turns errors into failures.</summary>
internal static class GoogleWorkflowsEmitter
{
    /// <summary>The definition; <see langword="null"/> when the workflow has no compiled body.</summary>
    /// <param name="model">The workflow, with JSON names.</param>
    public static string? Emit(WorkflowModel model)
    {
        if (model.Body is null)
        {
            return null;
        }

        var body = Simplify.Apply(model.Body);
        var names = model.InputVariable is { } input ? [input] : Enumerable.Empty<string>();
        body = EagerConditions.Apply(body, names);
        body = ShortExpressions.Apply(body, names);

        var yaml = new Yaml();
        yaml.Comment($"Workflow {model.Name}, compiled by Portable from {model.Activation.Type.Name}.{model.Method}. Edit the C# code, not this file.");
        new GoogleMain(model, yaml).Print(body);
        new GoogleSteps(model, yaml).Print(body);
        return yaml.ToString();
    }

    /// <summary>The environment variable with an endpoint's address: <c>risk-model</c> is <c>PORTABLE_ENDPOINT_RISK_MODEL</c>.</summary>
    public static string EndpointVariable(string endpoint) => "PORTABLE_ENDPOINT_" + endpoint.ToUpperInvariant().Replace('-', '_');

    public static string SubworkflowOf(string step) => "step_" + Reading.VariableNames.Ascii(step);

    public static string PredicateOf(string step) => "retry_" + Reading.VariableNames.Ascii(step);
}
