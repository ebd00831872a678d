using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;
using Portable.Generator.Workflows.Reading;

namespace Portable.Workflows.Tests.Harness;

/// <summary>Workflows read from source, as the generator reads them.</summary>
internal static class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Portable.Workflows.Tests", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Workflows",
        [Tree(Usings)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly Lazy<IReadOnlyDictionary<string, WorkflowModel>> Cases = new(ReadCases);

    /// <summary>The workflow of that name among the cases.</summary>
    public static WorkflowModel Case(string name) => Cases.Value[name];

    public static IEnumerable<string> CaseNames => Cases.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the only workflow in a source.</summary>
    public static Parsed<WorkflowModel> Read(string source) => Read(Compile(source)).Single();

    // Adding to one compilation reads the references once.
    public static CSharpCompilation Compile(params IEnumerable<string> sources) => Empty.AddSyntaxTrees(sources.Select(Tree));

    private static SyntaxTree Tree(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));

    public static IReadOnlyList<Parsed<WorkflowModel>> Read(CSharpCompilation compilation)
    {
        var workflow = compilation.GetTypeByMetadataName(WorkflowSymbols.WorkflowAttributeName);
        return [.. compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Member, TestContext.Current.CancellationToken)
            .OfType<IMethodSymbol>()
            .Where(method => WorkflowSymbols.Attribute(method, workflow) is not null)
            .Select(method => WorkflowParser.Parse(method, compilation, TestContext.Current.CancellationToken))];
    }

    private static Dictionary<string, WorkflowModel> ReadCases()
    {
        var assembly = typeof(Compiled).Assembly;
        var compilation = Compile(assembly.GetManifestResourceNames().Where(name => name.EndsWith(".cs", StringComparison.Ordinal)).Select(name => Text(assembly, name)));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return Read(compilation).ToDictionary(
            static parsed => parsed.Model!.Name,
            static parsed =>
            {
                Assert.True(parsed.Findings.All(finding => finding.RuleId == RuleIdentifiers.LiftedExpression), string.Join("\n", parsed.Findings.Select(finding => $"{finding.RuleId} {finding.Location}: {string.Join(" ", finding.Arguments)}")));
                return JsonNames.Apply(parsed.Model!, EquatableArray<JsonContextModel>.Empty);
            },
            StringComparer.Ordinal);
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
