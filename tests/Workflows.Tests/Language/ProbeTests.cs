using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Generator.Workflows.Reading;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Language;

/// <summary>The language as a team would write it: what of it is native, what is lifted, and which rule speaks where neither is possible.</summary>
public sealed class ProbeTests
{
    private static readonly Lazy<CSharpCompilation> s_compilation = new(static () => Compile(Probe.Rows.Select(static (row, index) => ProbeSource.With($"w{index}", row.Body, row.Members))));

    private static readonly Lazy<ILookup<SyntaxTree, Diagnostic>> s_errors = new(static () =>
        s_compilation.Value.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToLookup(static diagnostic => diagnostic.Location.SourceTree!));

    public static TheoryData<int, string> Rows => [.. Probe.Rows.Select(static (row, index) => (index, row.Body))];

    [Theory, MemberData(nameof(Rows))]
    public void Each_snippet_is_what_the_table_says(int index, string body)
    {
        var method = Method(s_compilation.Value, index);
        Assert.True(s_errors.Value[method.DeclaringSyntaxReferences[0].SyntaxTree].FirstOrDefault() is null, string.Join("\n", s_errors.Value[method.DeclaringSyntaxReferences[0].SyntaxTree]));
        var parsed = WorkflowParser.Parse(method, s_compilation.Value, TestContext.Current.CancellationToken);
        var rules = parsed.Findings.Select(static finding => finding.RuleId).Where(static rule => rule != RuleIdentifiers.LiftedExpression).ToList();
        var tier = rules.Count > 0 ? rules[0] : parsed.Model?.Body is null ? "nothing" : parsed.Findings.Length > 0 ? "lifted" : "native";
        Assert.True(Probe.Rows[index].Expected == tier, $"{tier}: {body}\n{string.Join("\n", parsed.Findings.Select(Told))}");

        // Every error says at a node what to do; the rest compiles for every engine.
        Assert.All(parsed.Findings.Where(static finding => finding.RuleId != RuleIdentifiers.LiftedExpression), static finding => Assert.Contains(':', finding.Arguments[1]));
        if (parsed.Model is { Body: not null } model)
        {
            var named = JsonNames.Apply(model, default);
            Testing.Asl.AslSimulator.Parse(AslEmitter.Emit(named)!);
            Testing.GoogleWorkflows.GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(named)!);
        }
    }

    /// <summary>While it is being typed, code is broken nearly all the time.</summary>
    [Fact]
    public void Half_typed_snippets_break_nothing()
    {
        var halves = Probe.Rows.SelectMany(static row => Cuts(row.Body).Select(cut => (Body: row.Body[..cut], row.Members))).ToList();
        var compilation = Compile(halves.Select(static (half, index) => ProbeSource.With($"w{index}", half.Body, half.Members)));
        foreach (var type in compilation.GetSymbolsWithName("W", SymbolFilter.Type, TestContext.Current.CancellationToken).OfType<INamedTypeSymbol>())
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                WorkflowParser.Parse(method, compilation, TestContext.Current.CancellationToken);
                StepParser.Parse(method, compilation, TestContext.Current.CancellationToken);
            }
        }

        var run = CSharpGeneratorDriver.Create(new PortableGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult();
        Assert.Empty(run.Results.Select(static result => result.Exception).OfType<Exception>());
        Assert.DoesNotContain(run.Diagnostics, static diagnostic => diagnostic.Id == "CS8785");
    }

    private static IEnumerable<int> Cuts(string body) => [body.Length / 3, body.Length * 2 / 3, body.Length - 2];

    private static CSharpCompilation Compile(IEnumerable<string> workflows) => Compiled.Compile([ProbeSource.Types, .. workflows]);

    private static IMethodSymbol Method(CSharpCompilation compilation, int index) => (IMethodSymbol)compilation.GetTypeByMetadataName($"App.W{index}.W")!.GetMembers("Run").Single();

    private static string Told(Finding finding) =>
        $"{finding.RuleId} « {finding.Location.SourceTree!.ToString().Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)} » {string.Join(" ", finding.Arguments)}";
}
