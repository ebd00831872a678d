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

    /// <summary>What became of each source: a subject, or the reason why there is none.</summary>
    public static IReadOnlyList<(Subject? Subject, string? Problem)> Compile(IReadOnlyList<(string ClassName, string Source)> workflows, CancellationToken cancellationToken)
    {
        var trees = workflows.Select(workflow => CSharpSyntaxTree.ParseText(workflow.Source, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: cancellationToken)).ToList();
        var compilation = Compiled.Compile(Values.Types).AddSyntaxTrees(trees).WithAssemblyName("Batch" + Guid.NewGuid().ToString("n"));
        var index = new JsonIndex(EquatableArray<JsonContextModel>.Empty);
        var units = new WorkflowUnit?[workflows.Count];
        var problems = new string?[workflows.Count];
        var errors = compilation.GetDiagnostics(cancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(static diagnostic => diagnostic.Location.SourceTree!)
            .ToDictionary(static group => group.Key, static group => string.Join("\n", group));
        for (var index1 = 0; index1 < workflows.Count; index1++)
        {
            var i = index1;
            if (errors.TryGetValue(trees[i], out var error))
            {
                problems[i] = "C#: " + error;
                continue;
            }

            var type = compilation.GetTypeByMetadataName("Generated." + workflows[i].ClassName)!;
            var parsed = Generator.Workflows.Reading.WorkflowParser.Parse((IMethodSymbol)type.GetMembers("Run").Single(), compilation, cancellationToken);
            var findings = parsed.Findings.Where(static finding => finding.RuleId != Generator.Discovery.RuleIdentifiers.LiftedExpression).ToList();
            problems[i] = findings.Count > 0 ? string.Join("\n", findings.Select(finding => $"{finding.RuleId} {string.Join(" ", finding.Arguments)} « {workflows[i].Source.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)}")) : null;
            units[i] = parsed.Model is { Body: not null } model && problems[i] is null ? WorkflowUnit.Create(model, index) : null;
            problems[i] ??= units[i] is null ? "no body" : null;
        }

        var emitted = compilation.RemoveSyntaxTrees(trees.Where((_, i) => units[i] is null))
            .AddSyntaxTrees(Parse(Application), Parse(DurableContextEmitter.Source))
            .AddSyntaxTrees(units.OfType<WorkflowUnit>().SelectMany(static unit => new[] { Parse(WorkflowEmitter.Emit(unit).Text), Parse(DurableEmitter.Emit(unit.Workflow)) }))
            .WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = emitted.Emit(image, cancellationToken: cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException("Emitted code does not compile:\n" + string.Join("\n", result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(3).Select(Described)));
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return [.. workflows.Select((workflow, i) => (units[i] is { } unit ? Subject(workflow.Source, unit.Workflow, assembly) : null, problems[i]))];
    }

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
