using Portable.Generator.Emit.Functions;
using Portable.Generator.Emit.Validation;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Emit.Workflows;

/// <summary>
/// Writes a workflow's neutral code: its steps with their policies and JSON contracts, the function that runs them, and the body
/// that runs the user's own method where the engine is .NET.
/// </summary>
internal static class WorkflowEmitter
{
    private const string Runtime = "global::Portable.Runtime.";
    private const string Json = "global::System.ReadOnlyMemory<byte>";

    public static EmittedFile Emit(WorkflowUnit unit)
    {
        var workflow = unit.Workflow;
        var writer = CodeFile.Begin(workflow.Namespace, workflow.Steps.Any(static step => step.Lifted is { IsQuery: true }) ? ["Microsoft.Extensions.DependencyInjection", "System.Linq"] : ["Microsoft.Extensions.DependencyInjection"])
            .Line($"/// <summary>The workflow <c>{workflow.Name}</c> and its steps.</summary>")
            .Line(CodeFile.Generated)
            .Open($"internal static class {workflow.Identifier}");
        writer.Line($"internal static readonly {Runtime}StepDefinition[] StepDefinitions =").Line("[");
        writer.Indentation++;
        foreach (var step in workflow.Steps)
        {
            writer.Line($"new({CodeFile.Text(step.Name)}, {RetryWriter.Expression(step.Retry)}, {Contract(step.Input, unit.Json)}, {(step.Lifted is null ? Contract(step.Output, unit.Json) : "null")}, {StepMethod(step)}, TimeoutSeconds: {TimeoutOf(step)}{Policies(step)}),");
        }

        writer.Indentation--;
        writer.Line("];").Line();
        writer.Line($"internal static readonly {Runtime}StepsFunction Steps = new({CodeFile.Text(workflow.Name + "-steps")}, StepDefinitions);").Line();
        WorkflowDefinitionWriter.Write(writer, unit);
        Body(writer, unit);
        foreach (var step in workflow.Steps)
        {
            if (step.Lifted is { } lifted)
            {
                LiftedStepWriter.Write(writer, step, lifted, unit.Json, StepMethod(step), Json, $"{Runtime}StepCall");
                continue;
            }

            writer.Line();
            Step(writer, step, unit.Json);
        }

        if (workflow.Steps.Any(static step => step.Lifted is { Variables.Count: > 0 }))
        {
            LiftedStepWriter.Reader(writer);
        }

        return new EmittedFile(CodeFile.NameOf(workflow.Namespace, workflow.Identifier), writer.Close().ToString());
    }

    /// <summary>An inference applies its own timeout, so that the failure names the endpoint.</summary>
    private static int TimeoutOf(StepModel step) => step.Endpoint is null ? step.TimeoutSeconds : 0;

    private static string Policies(StepModel step) =>
        (step.HeartbeatSeconds > 0 ? $", HeartbeatSeconds: {step.HeartbeatSeconds}" : "")
        + (step.KeyMember is { } key ? $", Key: {CodeFile.Text(key.Wire)}" : "")
        + (step.KeyDefault is { Kind: not IrKind.Null } missing ? $", KeyDefault: {CodeFile.Text(missing.Text)}" : "")
        + (step.Compensation is { } undo ? $", Compensation: new({CodeFile.Text(undo.Step)}, {(undo.TakesResult ? "true" : "false")})" : "");

    /// <summary>
    /// Awaits nothing but the user's method and stays on its scheduler: Durable runs this inside an orchestrator, which must not leave it.
    /// </summary>
    private static void Body(SourceWriter writer, WorkflowUnit unit)
    {
        var workflow = unit.Workflow;
        writer.Open($"private static async global::System.Threading.Tasks.Task<{Json}> RunAsync({Runtime}WorkflowCall call)");
        if (workflow.Activation.UsesServices)
        {
            writer.Line("var services = call.Services;");
        }

        var input = workflow.Input is { } type ? $", call.Input({unit.Json.Expression(type)})" : "";
        var run = $"await {Target(writer, workflow.Activation, "workflow", unit.Json)}.{CodeFile.Name(workflow.Method)}(call.Flow{input})";
        Output(writer, run, workflow.Output, unit.Json);
        writer.Close();
    }

    private static void Step(SourceWriter writer, StepModel step, JsonTypes json)
    {
        writer.Open($"private static async global::System.Threading.Tasks.ValueTask<{Json}> {StepMethod(step)}({Runtime}StepCall call)");
        if (step.Activation.UsesServices)
        {
            writer.Line("var services = call.Context.Services;");
        }

        var arguments = new List<string>();
        if (step.Input is { } input)
        {
            arguments.Add($"call.Input({json.Expression(input)}{ValidatorEmitter.Argument(step.Validation, input)})");
        }

        if (step.TakesCancellation)
        {
            arguments.Add("call.CancellationToken");
        }

        var run = $"await {Target(writer, step.Activation, "owner", json)}.{CodeFile.Name(step.Name)}({string.Join(", ", arguments)}).ConfigureAwait(false)";
        Output(writer, run, step.Output, json);
        writer.Close();
    }

    private static string Target(SourceWriter writer, ActivationModel activation, string local, JsonTypes json)
    {
        if (activation.IsStatic)
        {
            return activation.Type.FullName;
        }

        writer.Line($"var {local} = {Activation.Target(activation, json)};");
        return local;
    }

    private static void Output(SourceWriter writer, string run, TypeRef? output, JsonTypes json)
    {
        if (output is null)
        {
            writer.Line($"{run};").Line($"return {Runtime}StepCall.NoOutput;");
        }
        else
        {
            writer.Line($"var result = {run};").Line($"return {Runtime}StepCall.Output({(output.IsValueType ? "result" : "result!")}, {json.Expression(output)});");
        }
    }

    private static string Contract(TypeRef? type, JsonTypes json) => type is null ? "null" : json.Expression(type);

    private static string StepMethod(StepModel step) => $"{step.Name}StepAsync";
}
