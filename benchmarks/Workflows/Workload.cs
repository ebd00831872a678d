using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator;

namespace Portable.Benchmarks.Workflows;

/// <summary>A project with many copies of the reference workflows, each copy in a namespace of its own and with names of its own.</summary>
internal static class Workload
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Latest, preprocessorSymbols: ["PORTABLE_LOCAL"]);

    public static CSharpCompilation Create(int copies)
    {
        var files = Directory.GetFiles(Figures.Build("Samples"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(Path.GetDirectoryName(file)) is "Commerce" or "Media" or "Operations")
            .Select(File.ReadAllText).ToList();
        var trees = Enumerable.Range(0, copies).SelectMany(copy => files.Select(text => Copy(text, copy)))
            .Prepend(Unrelated(0))
            .Prepend(Parse("global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; global using Portable;"));
        var references = Directory.EnumerateFiles(Figures.Build("ReferencePack"), "*.dll").Append(typeof(WorkflowAttribute).Assembly.Location).Append(typeof(IPortableStartup).Assembly.Location)
            .Select(static file => (MetadataReference)MetadataReference.CreateFromFile(file));
        return CSharpCompilation.Create("Workload", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The file that is edited; it has nothing to do with any workflow.</summary>
    public static SyntaxTree Unrelated(int edit) => Parse($"namespace Workload; public class Unrelated {{ public int Edit() => {edit}; }}");

    public static CSharpCompilation Edited(CSharpCompilation compilation, int edit) => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Unrelated(edit));

    public static GeneratorDriver Driver(bool tracks = false) =>
        CSharpGeneratorDriver.Create(
            [new PortableGenerator().AsSourceGenerator()], [], s_parsing, new EveryCloud(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracks));

    private static SyntaxTree Copy(string text, int copy) => Parse(text
        .Replace("namespace Workflows.", $"namespace Copy{copy}.", StringComparison.Ordinal)
        .Replace("[Workflow(\"", $"[Workflow(\"copy-{copy}-", StringComparison.Ordinal)
        .Replace("[Inference(\"", $"[Inference(\"copy-{copy}-", StringComparison.Ordinal));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parsing);

    /// <summary>The definitions of every engine are emitted, as in a local build.</summary>
    private sealed class EveryCloud : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.PortableCloud" => "local",
                    "build_property.PortableDefinitions" => "all",
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
