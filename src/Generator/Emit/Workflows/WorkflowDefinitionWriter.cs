using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Workflows;

/// <summary>Writes a workflow's definition for the engines that run the user's own method: what they cannot see in it.</summary>
internal static class WorkflowDefinitionWriter
{
    public static void Write(SourceWriter writer, WorkflowUnit unit)
    {
        var workflow = unit.Workflow;
        var start = $"internal static readonly global::Portable.Runtime.WorkflowDefinition Definition = new({CodeFile.Text(workflow.Name)}, RunAsync, StepDefinitions, {workflow.TimeoutSeconds})";
        var members = Members(unit).ToList();
        if (members.Count == 0)
        {
            writer.Line(start + ";").Line();
            return;
        }

        writer.Open(start);
        foreach (var member in members)
        {
            writer.Line(member + ",");
        }

        writer.Close(";").Line();
    }

    private static IEnumerable<string> Members(WorkflowUnit unit)
    {
        var (workflow, json) = (unit.Workflow, unit.Json);
        if (workflow.Input is { } input)
        {
            yield return $"Input = {json.Expression(input)}";
        }

        if (workflow.Output is { } output)
        {
            yield return $"Output = {json.Expression(output)}";
        }

        if (workflow.IsSaga)
        {
            yield return "IsSaga = true";
        }

        if (workflow.CompensatesOnFailure)
        {
            yield return "CompensatesOnFailure = true";
        }

        if (workflow.Children.Count > 0)
        {
            var children = workflow.Children.Select(static child => $"[{CodeFile.Text(child.Expression)}] = {CodeFile.Text(child.Workflow)}");
            yield return $"Children = new global::System.Collections.Generic.Dictionary<string, string> {{ {string.Join(", ", children)} }}";
        }

        if (workflow.Payloads.Count > 0)
        {
            yield return $"Payloads = [{string.Join(", ", workflow.Payloads.Select(json.Expression))}]";
        }
    }
}
