using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>Half-typed code is what a generator sees most of the time. It never throws, and what it emits is never to blame.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in new[] { nameof(Sources.Http), nameof(Sources.Queue), nameof(Sources.Schedule), nameof(Sources.Workflow), nameof(Sources.Startup), nameof(Sources.Shapes), nameof(Sources.Contracts) })
            {
                data.Add(name, "truncate");
                data.Add(name, "delete");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Broken_code_at_every_token_throws_nothing(string name, string how)
    {
        var source = (string)typeof(Sources).GetField(name)!.GetRawConstantValue()!;
        var others = Sources.All.Where(other => other != source).ToArray();
        var run = Run.Start(new Project([source, .. others]) { Target = new("azure", "managed") });
        var tokens = Project.Parse(source, "x.cs").GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        var step = Math.Max(1, tokens.Count / 60);
        for (var i = 0; i < tokens.Count; i += step)
        {
            var token = tokens[i].Span;
            var broken = how == "truncate" ? source[..token.Start] : source.Remove(token.Start, token.Length);
            var again = run.Edit(0, source, broken);
            Assert.True(again.Result.Exception is null, $"{again.Result.Exception}\n\n{broken}");
            Assert.DoesNotContain(
                again.Output.SyntaxTrees.Where(tree => tree.FilePath.Contains("PortableGenerator", StringComparison.Ordinal)).SelectMany(tree => tree.GetDiagnostics(TestContext.Current.CancellationToken)),
                diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
    }

    [Theory]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public void A() { } [Function(\"B\"), HttpTrigger(\"GET\", \"/a\")] public void a() { } }")]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public void A(int x) { } [Function(\"B\"), HttpTrigger(\"GET\", \"/b\")] public void A(string x) { } }")]
    [InlineData("public class F<T> { [Function, HttpTrigger(\"GET\", \"/a\")] public void A(T x) { } }")]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/a\")] public void A<T>(T x) { } }")]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/a\")] private void A() { } }")]
    [InlineData("public class F { class G { [Function, HttpTrigger(\"GET\", \"/a\")] public void A() { } } }")]
    [InlineData("public abstract class F { [Function, HttpTrigger(\"GET\", \"/a\")] public abstract void A(); }")]
    [InlineData("public interface F { [Function, HttpTrigger(\"GET\", \"/a\")] void A(); }")]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/{a}/{a}\")] public void A(ref int a) { } }")]
    [InlineData("public class F { [Function, HttpTrigger(null!, null!)] public void A(Span<int> a) { } }")]
    [InlineData("public class F { [Function(null!), QueueTrigger(\"\")] public int A() => 1; }")]
    [InlineData("public class F { [Function(\"x y\"), ScheduleTrigger(\"61 * * * *\")] public void A() { } }")]
    [InlineData("public class F { [Function, HttpTrigger(\"GET\", \"/a\"), QueueTrigger(\"q\")] public void A() { } }")]
    [InlineData("public class F { [Function(\"same\"), HttpTrigger(\"GET\", \"/a\")] public void A() { } [Function(\"SAME\"), HttpTrigger(\"GET\", \"/b\")] public void B() { } }")]
    [InlineData("[Startup] public static class S { } [Startup] public class T : IPortableStartup { public void Configure(IPortableBuilder b) { } } [Startup] public class U : IPortableStartup { public void Configure(IPortableBuilder b) { } }")]
    [InlineData("public class W { [Workflow(\"w\")] public Task Run(IWorkflow flow) => Task.CompletedTask; [Workflow(\"w\")] public async Task Again(IWorkflow flow) { await flow.Step(A); } [Step] public Task A() => Task.CompletedTask; [Step] public Task a() => Task.CompletedTask; }")]
    public void Code_that_compiles_compiles_with_what_is_emitted(string source)
    {
        foreach (var target in Target.All)
        {
            var run = Run.Of(new Project(source) { Target = target, OutputKind = OutputKind.DynamicallyLinkedLibrary });
            Assert.DoesNotContain(run.Complaints(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
    }
}
