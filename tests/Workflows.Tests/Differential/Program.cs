using System.Collections.Immutable;
using System.Text;

namespace Portable.Workflows.Tests.Differential;

/// <summary>A random workflow.</summary>
/// <param name="Name">The workflow's name; the class is called <c>W_{name}</c>.</param>
/// <param name="Steps">Every step that the body may name; only those that it names are printed.</param>
/// <param name="Arguments">More arguments of <c>[Workflow]</c>.</param>
internal sealed record RandomProgram(string Name, ImmutableArray<StepDeclaration> Steps, Block Body, string Arguments = "")
{
    public string ClassName => "W_" + Name.Replace('-', '_');

    /// <summary>The steps that the body names, and those that undo them.</summary>
    public IEnumerable<StepDeclaration> UsedSteps()
    {
        var body = Printer.Print(Body);
        var used = Steps.Where(step => body.Contains($"({step.Name},", StringComparison.Ordinal) || body.Contains($"({step.Name})", StringComparison.Ordinal)
            || body.Contains($" {step.Name},", StringComparison.Ordinal) || body.Contains($" {step.Name})", StringComparison.Ordinal)).ToList();
        var undone = used.Select(static step => step.Undo).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Steps.Where(step => used.Contains(step) || undone.Contains(step.Name));
    }

    public string Source()
    {
        var text = new StringBuilder();
        text.Append("namespace Generated;\n\nusing Generated.Types;\nusing Portable;\n\n");
        text.Append("public sealed class ").Append(ClassName).Append("\n{\n");
        text.Append("    [Workflow(\"").Append(Name).Append('"').Append(Arguments).Append(")]\n");
        text.Append("    public async Task<Report> Run(IWorkflow flow, Order input)");
        Printer.Print(text, Body, 1);
        text.Append('\n');
        foreach (var step in UsedSteps())
        {
            text.Append("\n    ").Append(step.Attributes).Append('\n');
            text.Append("    public Task").Append(step.Output is { } output ? $"<{Values.CSharp(output)}>" : "").Append(' ').Append(step.Name).Append('(')
                .Append(step.Input is { } input ? $"{Values.CSharp(input)} payload" : "").Append(") => throw new InvalidOperationException();\n");
        }

        return text.Append("}\n").ToString();
    }
}
