using System.Collections.Immutable;
using Portable.Testing;

namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>A workflow over which engines once differed, or which the pitfalls of an engine's language lie in wait for, in one situation.</summary>
/// <param name="Name">The name of the workflow, which says what is at stake.</param>
/// <param name="Code">The method <c>Run</c> and the steps.</param>
internal sealed record Regression(string Name, string Code)
{
    /// <summary>The input as JSON.</summary>
    public string Input { get; init; } = "null";

    /// <summary>What becomes of the run: <c>returns</c> and JSON, or <c>fails</c> and a code.</summary>
    public required string Ends { get; init; }

    /// <summary>Results of steps as JSON, by step.</summary>
    public Dictionary<string, string> Results { get; init; } = [];

    public Fault[] Faults { get; init; } = [];

    public ScriptedEvent[] Events { get; init; } = [];

    /// <summary>More arguments of <c>[Workflow]</c>.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The methods of another workflow, which this one knows as the constant <c>Child</c>.</summary>
    public string? Child { get; init; }

    /// <summary>Whether JSON from outside lacks members.</summary>
    public bool LacksMembers { get; init; }

    public Situation Situation => new(1, Input, [.. Faults], Results.ToImmutableDictionary()) { Events = [.. Events], LacksMembers = LacksMembers };

    public Candidate Candidate()
    {
        var name = "R_" + Name.Replace('-', '_');
        var own = Class(name, Name, Arguments, Code, Child is null ? "" : $"private const string Child = \"{Name}-child\";\n");
        return new Candidate(
            $"namespace Generated;\n\nusing Generated.Types;\nusing Portable;\n\n{own}{(Child is null ? "" : Class(name + "_Child", Name + "-child", "", Child, ""))}",
            Child is null ? [name] : [name, name + "_Child"]);
    }

    /// <summary>A step that fails.</summary>
    public static Fault Fails(string step, string code, string message = "m", string? data = null, int times = int.MaxValue) => new(step, times, code, message, data);

    private static string Class(string name, string workflow, string arguments, string code, string fields) =>
        $"public sealed class {name}\n{{\n{fields}[Workflow(\"{workflow}\"{arguments})]\n{code}\n}}\n";
}
