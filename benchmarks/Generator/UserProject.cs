using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portable.Benchmarks.Generator;

/// <summary>A project of so many HTTP handlers: a class and its two records per file, and one JSON context that names all of them.</summary>
internal sealed class UserProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private static readonly ImmutableArray<MetadataReference> References = ReadReferences();

    public UserProject(int handlers, bool jsonContext)
    {
        var trees = new List<SyntaxTree>(handlers + 2)
        {
            Parse("public static class Unrelated { public static int Value => 0; }", "Unrelated.cs"),
            Parse(jsonContext ? Context(handlers) : "namespace Bench { public interface IStore; }", "Json.cs"),
        };
        for (var i = 0; i < handlers; i++)
        {
            trees.Add(Parse(Handler(i), $"Handler{i}.cs"));
        }

        Compilation = CSharpCompilation.Create("Bench", trees, References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Handlers = handlers;
    }

    public int Handlers { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>An edit of a file that no handler knows.</summary>
    public CSharpCompilation UnrelatedEdit(int n) => Replace(0, $"public static class Unrelated {{ public static int Value => {n}; }}");

    /// <summary>An edit of the body of one handler.</summary>
    public CSharpCompilation BodyEdit(int n) => Replace(2 + (Handlers / 2), Handler(Handlers / 2, body: $"{n}"));

    /// <summary>An edit of the contract of one handler: its timeout.</summary>
    public CSharpCompilation ContractEdit(int n) => Replace(2 + (Handlers / 2), Handler(Handlers / 2, timeout: n + 20));

    /// <summary>The same project parsed anew, with nothing bound.</summary>
    public CSharpCompilation Fresh() => Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(Compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath)));

    private CSharpCompilation Replace(int index, string source)
    {
        var tree = Compilation.SyntaxTrees[index];
        return Compilation.ReplaceSyntaxTree(tree, Parse(source, tree.FilePath));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    private static string Handler(int i, string body = "0", int timeout = 10) => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using Portable;

        namespace Bench.Area{{i % 20}};

        public record Request{{i}}(string Id, int Count);

        public record Answer{{i}}(string Id, int Total);

        public sealed class Handlers{{i}}(IStore store)
        {
            [Function("handle-{{i}}", TimeoutSeconds = {{timeout}}), HttpTrigger("POST", "/area{{i % 20}}/{id}/items{{i}}")]
            public async Task<HttpResult<Answer{{i}}>> Handle(string id, [FromQuery] int? page, [FromBody] Request{{i}} request, CancellationToken cancellationToken)
            {
                await Task.Delay({{body}}, cancellationToken);
                return HttpResult.Ok(new Answer{{i}}(id + store, request.Count + (page ?? 0)));
            }
        }
        """;

    private static string Context(int handlers) =>
        "using System.Text.Json.Serialization;\n"
        + "namespace Bench { public interface IStore; }\n"
        + "namespace Bench.Json\n{\n"
        + string.Concat(Enumerable.Range(0, handlers).Select(i => $"[JsonSerializable(typeof(Area{i % 20}.Request{i}))]\n[JsonSerializable(typeof(Area{i % 20}.Answer{i}))]\n"))
        + "public sealed partial class AllJson : JsonSerializerContext;\n}\n";

    private static ImmutableArray<MetadataReference> ReadReferences()
    {
        var pack = typeof(UserProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ReferencePack").Value!;
        var framework = Directory.EnumerateFiles(Directory.EnumerateDirectories(Path.Combine(pack, "ref")).Single(), "*.dll");
        var portable = new[] { typeof(FunctionAttribute).Assembly.Location, typeof(IPortableStartup).Assembly.Location };
        return [.. framework.Concat(portable).Select(file => MetadataReference.CreateFromFile(file))];
    }
}
