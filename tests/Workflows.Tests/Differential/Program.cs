using System.Collections.Immutable;
using System.Text;

namespace Portable.Workflows.Tests.Differential;

/// <summary>An event that a workflow may wait for.</summary>
/// <param name="Type">The type of its payload.</param>
internal sealed record EventDeclaration(string Name, Ty Type);

/// <summary>A method of a workflow's class, beside its steps.</summary>
/// <param name="Head">What stands before its body.</param>
internal sealed record Method(string Name, string Head, Block Body);

/// <summary>A random workflow.</summary>
/// <param name="Name">The workflow's name; the class is called <c>W_{name}</c>. A child's is the constant by which its parent knows it.</param>
/// <param name="Steps">Every step that the body may name; only those that it names are printed.</param>
/// <param name="Arguments">More arguments of <c>[Workflow]</c>.</param>
internal sealed record RandomProgram(string Name, ImmutableArray<StepDeclaration> Steps, Block Body, string Arguments = "")
{
    public Ty Input { get; init; } = Ty.Order;

    public Ty Output { get; init; } = Ty.Report;

    /// <summary>Every event that the body may name.</summary>
    public ImmutableArray<EventDeclaration> Events { get; init; } = [];

    /// <summary>Every workflow that the body may run.</summary>
    public ImmutableArray<RandomProgram> Children { get; init; } = [];

    /// <summary>Every method that the body may call.</summary>
    public ImmutableArray<Method> Methods { get; init; } = [];

    /// <summary>Whether runs of it may go on side by side: calls with the same payload then have no order that engines share.</summary>
    public bool IsForked { get; init; }

    /// <summary>The methods that the body calls, and those call.</summary>
    public IEnumerable<Method> UsedMethods()
    {
        var used = new List<Method>();
        void Look(Block block)
        {
            var text = Printer.Print(block);
            foreach (var method in Methods.Where(method => !used.Contains(method) && text.Contains(method.Name + "(", StringComparison.Ordinal)))
            {
                used.Add(method);
                Look(method.Body);
            }
        }

        Look(Body);
        return used;
    }

    private string Code() => Printer.Print(Body) + string.Concat(UsedMethods().Select(static method => Printer.Print(method.Body)));

    /// <summary>The steps that the body names, and those that undo them.</summary>
    public IEnumerable<StepDeclaration> UsedSteps()
    {
        var body = Code();
        var used = Steps.Where(step => body.Contains($"({step.Name},", StringComparison.Ordinal) || body.Contains($"({step.Name})", StringComparison.Ordinal)
            || body.Contains($" {step.Name},", StringComparison.Ordinal) || body.Contains($" {step.Name})", StringComparison.Ordinal)).ToList();
        var undone = used.Select(static step => step.Undo).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Steps.Where(step => used.Contains(step) || undone.Contains(step.Name));
    }

    /// <summary>The events that the body waits for.</summary>
    public IEnumerable<EventDeclaration> UsedEvents()
    {
        var body = Code();
        return Events.Where(one => body.Contains($">(\"{one.Name}\"", StringComparison.Ordinal));
    }

    /// <summary>The workflows that the body runs.</summary>
    public IEnumerable<RandomProgram> UsedChildren()
    {
        var body = Code();
        return Children.Where(child => body.Contains($"({child.Name},", StringComparison.Ordinal) || body.Contains($"({child.Field}.Run,", StringComparison.Ordinal));
    }

    /// <summary>This workflow and those that it runs, each with the name it has in the application, this one first.</summary>
    public IEnumerable<(string FullName, RandomProgram Program)> Family(string? parent = null)
    {
        var name = parent is null ? Name : $"{parent}-{Name.ToLowerInvariant()}";
        return UsedChildren().SelectMany(child => child.Family(name)).Prepend((name, this));
    }

    public Candidate Candidate() => new(Source(), [.. Family().Select(static member => ClassOf(member.FullName))]);

    public string Source()
    {
        var text = new StringBuilder();
        text.Append("namespace Generated;\n\nusing Generated.Types;\nusing Portable;\nusing System.Text.Json;\n");
        foreach (var (name, program) in Family())
        {
            program.Print(text.Append('\n'), name);
        }

        return text.ToString();
    }

    /// <summary>Where its parent has an object of its class.</summary>
    public string Field => "_" + Name.ToLowerInvariant();

    private static string ClassOf(string name) => "W_" + name.Replace('-', '_');

    private void Print(StringBuilder text, string name)
    {
        text.Append("public sealed class ").Append(ClassOf(name)).Append("\n{\n");
        var body = Code();
        foreach (var child in UsedChildren())
        {
            var full = $"{name}-{child.Name.ToLowerInvariant()}";
            text.Append(body.Contains($"({child.Name},", StringComparison.Ordinal) ? $"    private const string {child.Name} = \"{full}\";\n" : "");
            text.Append(body.Contains($"({child.Field}.", StringComparison.Ordinal) ? $"    private readonly {ClassOf(full)} {child.Field} = new();\n" : "");
        }

        text.Append("    [Workflow(\"").Append(name).Append('"').Append(Arguments).Append(")]\n");
        text.Append("    public async Task<").Append(Values.CSharp(Output)).Append("> Run(IWorkflow flow, ").Append(Values.CSharp(Input)).Append(" input)");
        Printer.Print(text, Body, 1);
        text.Append('\n');
        foreach (var method in UsedMethods())
        {
            Printer.Print(text.Append("\n    ").Append(method.Head), method.Body, 1);
            text.Append('\n');
        }

        foreach (var step in UsedSteps())
        {
            text.Append("\n    ").Append(step.Attributes).Append('\n');
            text.Append("    public Task").Append(step.Output is { } output ? $"<{Values.CSharp(output)}>" : "").Append(' ').Append(step.Name).Append('(')
                .Append(step.Input is { } input ? $"{Values.CSharp(input)} payload" : "").Append(") => throw new InvalidOperationException();\n");
        }

        text.Append("}\n");
    }
}
