using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Benchmarks.Generator;

/// <summary>A project of handlers, each in a file of its own with two records, as people write them.</summary>
internal static class Workload
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static CSharpCompilation Create(int handlers)
    {
        var pack = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ReferencePack").Value!;
        var references = Directory.EnumerateFiles(pack, "*.dll").Append(typeof(FunctionAttribute).Assembly.Location).Append(typeof(IPortableStartup).Assembly.Location)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file));
        var trees = Enumerable.Range(0, handlers).Select(Handler).Prepend(Unrelated(0))
            .Prepend(Parse("global using System.Threading; global using System.Threading.Tasks; global using Portable;"));
        return CSharpCompilation.Create("Workload", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The file that is edited; it has nothing to do with any handler.</summary>
    public static SyntaxTree Unrelated(int edit) => Parse($"namespace Workload; public class Unrelated {{ public int Edit() => {edit}; }}");

    public static GeneratorDriver Driver(IIncrementalGenerator generator, string hosting) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], [], ParseOptions, new OneCloud(hosting));

    private static SyntaxTree Handler(int i) => Parse($$"""
        namespace Workload.Area{{i % 20}};

        public record Request{{i}}(string Id, int Quantity);

        public record Reply{{i}}(string Id, bool Accepted);

        public static class Handler{{i}}
        {
            [Function("handler-{{i}}"), HttpTrigger("POST", "/area{{i % 20}}/{{i}}"), AllowAnonymous]
            public static async Task<Reply{{i}}> Handle(Request{{i}} request, CancellationToken cancellationToken)
            {
                await Task.Delay(request.Quantity, cancellationToken);
                return new Reply{{i}}(request.Id, true);
            }
        }
        """);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, ParseOptions);

    private sealed class OneCloud(string hosting) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(hosting);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string hosting) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.PortableCloud" => "aws",
                    "build_property.PortableHosting" => hosting,
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
