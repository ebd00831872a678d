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
        model = Sagas.Apply(model);
        if (model.Body is null)
        {
            return null;
        }

        var (body, names) = Lower(model);
        var yaml = new Yaml();
        yaml.Comment($"Workflow {model.Name}, compiled by Portable from {model.Activation.Type.Name}.{model.Method}. Edit the C# code, not this file.");
        new GoogleMain(model, yaml, names).Print(body);
        new GoogleSteps(model, yaml).Print(body);
        return yaml.ToString();
    }

    /// <summary>The body in what Google Workflows can say, and the names that it uses.</summary>
    private static (IrBlock Body, GoogleNames Names) Lower(WorkflowModel model)
    {
        IEnumerable<string> inputs = model.InputVariable is { } input ? [input] : [];
        var body = LateFilters.Apply(Guards.Apply(Simplify.Apply(model.Body!)));
        body = EagerConditions.Apply(body, inputs);
        body = PlainValues.Apply(body, inputs);
        body = ShortExpressions.Apply(body, inputs);
        var names = new GoogleNames(body, model.InputVariable);
        body = SharedResults.Apply(body, names, model.InputVariable);
        body = Chains.Apply(StructuredExits.Apply(body, names));
        return (Declarations.Apply(body, model.InputVariable), names);
    }

    /// <summary>The environment variable with the address of the function that runs the steps.</summary>
    public const string StepsVariable = "PORTABLE_STEPS_URL";

    /// <summary>The environment variable with the name of the topic that events are published to.</summary>
    public const string EventsVariable = "PORTABLE_EVENTS_TOPIC";

    /// <summary>The environment variable with the address of an isolated step's own function: <c>ChargeCard</c> is <c>PORTABLE_STEP_URL_CHARGE_CARD</c>.</summary>
    public static string StepVariable(string step)
    {
        var name = Reading.VariableNames.Ascii(step);
        var text = new System.Text.StringBuilder("PORTABLE_STEP_URL_");
        for (var i = 0; i < name.Length; i++)
        {
            // A word begins at a capital behind a small letter or digit, and at the last capital of several before a small letter.
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The environment variable with an endpoint's address: <c>risk-model</c> is <c>PORTABLE_ENDPOINT_RISK_MODEL</c>.</summary>
    public static string EndpointVariable(string endpoint) => "PORTABLE_ENDPOINT_" + endpoint.ToUpperInvariant().Replace('-', '_');

    public static string SubworkflowOf(string step) => "step_" + Reading.VariableNames.Ascii(step);

    public static string PredicateOf(string step) => "retry_" + Reading.VariableNames.Ascii(step);
}
