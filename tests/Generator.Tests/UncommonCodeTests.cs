using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>Code that few people write and that compiles. With what is emitted it still does, without a new warning.</summary>
public sealed class UncommonCodeTests
{
    [Theory]
    [InlineData("a type of one file", "file class F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("a ref struct", "public ref struct F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("a struct", "public struct F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("a record", "public record F(IServiceProvider P) { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("required members", "public class F { public required string X { get; init; } [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => X; }")]
    [InlineData("inherited required members", "public class E { public required string X { get; init; } } public class F : E { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => X; }")]
    [InlineData("a constructor that sets required members", "public class F { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public F() => X = \"\"; public required string X { get; init; } [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => X; }")]
    [InlineData("lists of what may be null", "public class F { [Function, HttpTrigger(\"POST\", \"/a\")] public Task<List<string?>> A(List<string?> body) => Task.FromResult(body); }")]
    [InlineData("a result that may be null", "public record R(int X); public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public async Task<R?> A() { await Task.Yield(); return null; } [Function, HttpTrigger(\"GET\", \"/b\")] public HttpResult<R?> B() => HttpResult.Ok<R?>(null); }")]
    [InlineData("messages that may be null", "public record R(int X); public class F { [Function, QueueTrigger(\"one\")] public void A(Message<R?> message) { } [Function, QueueTrigger(\"two\")] public void B(IReadOnlyList<Message<R?>> messages) { } [Function, QueueTrigger(\"six\")] public void C(R?[] messages) { } }")]
    [InlineData("a namespace that is called as we are", "namespace PortableApplication { public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; } } namespace PortableHost.Deep { public class F { [Function(\"b\"), HttpTrigger(\"GET\", \"/b\")] public string A() => \"\"; } }")]
    [InlineData("a namespace Portable of one's own", "namespace Orders.Portable.System { public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A(int x = 1) => \"\"; } }")]
    [InlineData("a function that is a workflow", "public class F { [Function, Workflow(\"w\"), HttpTrigger(\"POST\", \"/a\")] public async Task A(IWorkflow flow) { await Task.Yield(); } }")]
    [InlineData("types that differ by case", "public class F { [Function(\"one\"), HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; } public class f { [Function(\"two\"), HttpTrigger(\"GET\", \"/b\")] public string a() => \"\"; }")]
    [InlineData("an inference with a body", "public class F { [Inference(\"risk\")] public Task<int> Judge(string x) => Task.FromResult(1); [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("an inference of lists of what may be null", "public partial class F { [Inference(\"risk\")] public partial Task<List<string?>> Judge(Dictionary<string, string?> x); }")]
    [InlineData("a property that we would emit", "public partial class F { public int InferenceClient; [Function, HttpTrigger(\"GET\", \"/a\")] public string A() => \"\"; }")]
    [InlineData("defaults without literals", "public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public string A(double a = double.PositiveInfinity, float b = float.NegativeInfinity, double c = double.NaN, double d = double.Epsilon, DateTime e = default, Guid? f = null, byte g = 3, sbyte h = -3, ulong i = ulong.MaxValue, char? j = 'x', long? k = long.MinValue, DayOfWeek? l = DayOfWeek.Friday, DayOfWeek m = (DayOfWeek)(-1)) => \"\"; }")]
    [InlineData("internal types", "internal record R(int X); internal class F { [Function, HttpTrigger(\"POST\", \"/a\")] internal R A(R body) => body; [Function, QueueTrigger(\"abc\")] internal void B(Message<R> body) { } }")]
    [InlineData("an enumeration in a nested generic", "public class G<T> { public enum E { A } public record R(T X); } public class F { [Function, HttpTrigger(\"POST\", \"/a\")] public G<int>.R A(G<string>.R body, G<int>.E e) => new(1); }")]
    [InlineData("tuples and nullable structs", "public record struct P(int X); public class F { [Function, HttpTrigger(\"POST\", \"/a\")] public (int A, string? B) A(P? body) => (1, null); [Function, HttpTrigger(\"POST\", \"/b\")] public P? B((int X, string Y) body) => null; }")]
    [InlineData("static steps and payloads by value", "public record struct P(int X); public static class F { [Workflow(\"w\")] public static async Task<P> Run(IWorkflow flow, P input) { var next = await flow.Step(S, input); return next; } [Step] public static Task<P> S(P x) => Task.FromResult(x); [Step] public static Task<List<string?>> T(List<string?> x) => Task.FromResult(x); }")]
    [InlineData("names with underscores", "public class _F_ { public class _G { [Function(\"a\"), HttpTrigger(\"GET\", \"/a\")] public string _A_() => \"\"; } [Function(\"b\"), HttpTrigger(\"GET\", \"/b\")] public string _G__A_() => \"\"; }")]
    [InlineData("parameters called as our locals", "public record R(int X); public class F { [Function, HttpTrigger(\"POST\", \"/a/{call}\")] public string A(int call, int binder, string? binderValue, R services, int result, int handler) => \"\"; [Function, QueueTrigger(\"abc\")] public void B(R message, [FromHeader] string? call, [FromHeader] string? callText, [FromHeader(Name = \"x\")] string callValue) { } }")]
    public void Compiles(string what, string source)
    {
        foreach (var target in Target.All)
        {
            var project = new Project(source) { Target = target, OutputKind = OutputKind.DynamicallyLinkedLibrary };
            var run = Run.Of(project);
            Assert.True(run.Result.Exception is null, $"{what}, {target}: {run.Result.Exception}");
            var before = project.Compile().GetDiagnostics(TestContext.Current.CancellationToken).Select(diagnostic => diagnostic.ToString()).ToHashSet();
            var complaints = run.Complaints().Where(diagnostic => !before.Contains(diagnostic.ToString())).ToList();
            Assert.True(complaints.Count == 0, $"{what}, {target}:\n{string.Join("\n", complaints)}\n\n{complaints.FirstOrDefault()?.Location.SourceTree}");
        }
    }

    [Fact]
    public void A_program_with_a_main_of_its_own_keeps_it()
    {
        Run.Of(new Project(Sources.Global, "return await Portable.Generated.PortableHost.RunAsync(args);")).AssertCompiles();
        Run.Of(new Project(Sources.Global, "class Program { static void Main() { } }")).AssertCompiles();
    }

    /// <summary>The build targets say that the package is missing; the emitted code adds no errors to it.</summary>
    [Theory]
    [MemberData(nameof(EmittedCodeTests.Targets), MemberType = typeof(EmittedCodeTests))]
    public void A_library_without_the_clouds_package_compiles(string target)
    {
        ImmutableArray<MetadataReference> references = [.. References.Framework, .. References.Core];
        var run = Run.Of(new Project(Sources.All) { Target = Target.Parse(target), References = references, OutputKind = OutputKind.DynamicallyLinkedLibrary });
        run.AssertCompiles();
        Assert.Contains(run.Files, file => file.HintName == "PortableApplication.g.cs");
    }

    [Fact]
    public void A_library_with_the_attributes_alone_gets_nothing()
    {
        ImmutableArray<MetadataReference> references = [.. References.Framework, References.Core[0]];
        Assert.Empty(Run.Of(new Project(Sources.Global) { References = references, OutputKind = OutputKind.DynamicallyLinkedLibrary }).Files);
    }
}
