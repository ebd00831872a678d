using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Emit.Workflows;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Durable;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Runtime;
using Portable.Testing.Asl;
using Portable.Testing.GoogleWorkflows;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Differential;

/// <summary>A workflow to compile, with those that it runs.</summary>
/// <param name="Source">C# that has all of them.</param>
/// <param name="Classes">The class of each, that of the workflow itself first. The method is called <c>Run</c>.</param>
internal sealed record Candidate(string Source, IReadOnlyList<string> Classes);

/// <summary>A workflow, ready for every engine.</summary>
/// <param name="Definition">What the generator's code defines.</param>
/// <param name="Orchestrator">The emitted orchestrator of Durable.</param>
internal sealed record Subject(string Source, WorkflowModel Model, WorkflowDefinition Definition, Type Orchestrator)
{
    // Only when asked: an emitter that throws is a finding like any other.
    private readonly Lazy<string?> _asl = new(() => AslEmitter.Emit(Model));
    private readonly Lazy<string?> _yaml = new(() => GoogleWorkflowsEmitter.Emit(Model));
    private AslSimulator? _machine;
    private GoogleWorkflowSimulator? _google;

    /// <summary>The emitted state machine; <see langword="null"/> when the emitter gives none.</summary>
    public string? Asl => _asl.Value;

    /// <summary>The emitted Google workflow; <see langword="null"/> when the emitter gives none.</summary>
    public string? Yaml => _yaml.Value;

    public AslSimulator? Machine => Asl is null ? null : _machine ??= AslSimulator.Parse(Asl);

    public GoogleWorkflowSimulator? Google => Yaml is null ? null : _google ??= GoogleWorkflowSimulator.Parse(Yaml);

    /// <summary>The workflows that this one runs, and that those run.</summary>
    public IReadOnlyList<Subject> Children { get; init; } = [];

    /// <summary>This workflow and its children.</summary>
    public IEnumerable<Subject> Family => Children.Prepend(this);

    /// <summary>What stands for the state machine in the definition of a workflow that runs it.</summary>
    public string Substitution => string.Concat(Model.Name.Split('-').Select(static part => char.ToUpperInvariant(part[0]) + part[1..])) + "StateMachineArn";
}

/// <summary>Many workflows in one compilation: read, emitted and loaded together, for a compiler's cost is per compilation.</summary>
internal static class Batch
{
    private const string Application = """
        namespace Portable.Generated
        {
            internal static class PortableApplication
            {
                public static global::Portable.Runtime.PortableApp Shared { get; } = new("local", [], []);
            }
        }
        """;

    /// <summary>What became of each candidate: a subject, or the reason why there is none.</summary>
    public static IReadOnlyList<(Subject? Subject, string? Problem)> Compile(IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        var trees = candidates.Select(candidate => CSharpSyntaxTree.ParseText(candidate.Source, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: cancellationToken)).ToList();
        var compilation = Compiled.Compile(Values.Types).AddSyntaxTrees(trees).WithAssemblyName("Batch" + Guid.NewGuid().ToString("n"));
        var units = new IReadOnlyList<WorkflowUnit>?[candidates.Count];
        var problems = new string?[candidates.Count];
        var errors = compilation.GetDiagnostics(cancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(static diagnostic => diagnostic.Location.SourceTree ?? throw new InvalidOperationException(diagnostic.ToString()))
            .ToDictionary(static group => group.Key, static group => string.Join("\n", group));
        for (var i = 0; i < candidates.Count; i++)
        {
            problems[i] = errors.TryGetValue(trees[i], out var error) ? "C#: " + error : Read(candidates[i], compilation, out units[i], cancellationToken);
        }

        var emitted = compilation.RemoveSyntaxTrees(trees.Where((_, i) => units[i] is null))
            .AddSyntaxTrees(Parse(Application), Parse(DurableContextEmitter.Source))
            .AddSyntaxTrees(units.OfType<IReadOnlyList<WorkflowUnit>>().SelectMany(static family => family).SelectMany(static unit => new[] { Parse(WorkflowEmitter.Emit(unit).Text), Parse(DurableEmitter.Emit(unit.Workflow)) }))
            .WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = emitted.Emit(image, cancellationToken: cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException("Emitted code does not compile:\n" + string.Join("\n", result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(3).Select(Described)));
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return [.. candidates.Select((candidate, i) => (units[i] is { } family ? Family(candidate.Source, family, assembly) : null, problems[i]))];
    }

    /// <summary>Reads the workflows of a candidate; returns what is wrong with one of them.</summary>
    private static string? Read(Candidate candidate, Compilation compilation, out IReadOnlyList<WorkflowUnit>? family, CancellationToken cancellationToken)
    {
        var index = new JsonIndex(EquatableArray<JsonContextModel>.Empty);
        var units = new List<WorkflowUnit>();
        family = null;
        foreach (var name in candidate.Classes)
        {
            var type = compilation.GetTypeByMetadataName("Generated." + name)!;
            var parsed = Generator.Workflows.Reading.WorkflowParser.Parse((IMethodSymbol)type.GetMembers("Run").Single(), compilation, cancellationToken);
            var findings = parsed.Findings.Where(static finding => finding.RuleId != Generator.Discovery.RuleIdentifiers.LiftedExpression).ToList();
            if (findings.Count > 0)
            {
                return string.Join("\n", findings.Select(finding =>
                    $"{finding.RuleId} {string.Join(" ", finding.Arguments)} « {candidate.Source.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)}"));
            }

            if (parsed.Model is not { Body: not null } model)
            {
                return "no body";
            }

            var unit = WorkflowUnit.Create(model, index);
            if (GoogleLimits.Check(unit.Workflow) is [var limit, ..])
            {
                return $"PORT730 {limit.What}";
            }

            units.Add(unit);
        }

        family = units;
        return null;
    }

    private static Subject Family(string source, IReadOnlyList<WorkflowUnit> family, Assembly assembly) => Subject(source, family[0].Workflow, assembly) with
    {
        Children = [.. family.Skip(1).Select(unit => Subject(source, unit.Workflow, assembly))],
    };

    private static string Described(Diagnostic diagnostic)
    {
        var text = diagnostic.Location.SourceTree!.GetText();
        return $"{diagnostic}\n{text.Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));

    private static Subject Subject(string source, WorkflowModel model, Assembly assembly)
    {
        var definition = assembly.GetType($"{model.Namespace}.{model.Identifier}", throwOnError: true)!
            .GetField("Definition", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(null)!;
        return new Subject(
            source,
            model,
            (WorkflowDefinition)definition,
            assembly.GetType($"{model.Namespace}.{model.Identifier}_Orchestrator", throwOnError: true)!);
    }
}
