using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Reading;

/// <summary>Small workflows around the statements that a test is about.</summary>
internal static class Body
{
    private const string Types = """
        using Portable;
        namespace App;

        public sealed record Line(string Sku, int Count);
        public sealed record Order(string Id, int Count, string? Note, IReadOnlyList<Line> Lines, Line? First, IReadOnlyList<Line>? More = null);
        public sealed record Result(string Text, int Count = 0);
        [EventContract("com.acme.order.placed", Version = 2)] public sealed record Placed(string Id);
        """;

    private const string Members = """
            private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
            [Step] public Task<IReadOnlyList<Line>> Find() => Task.FromResult<IReadOnlyList<Line>>([]);
            [Step] public Task<string> Name(string text) => Task.FromResult(text);
            [Step] public Task<int> Count(string text) => Task.FromResult(1);
            [Step] public Task<bool> Check(string text) => Task.FromResult(true);
            [Step] public Task Log(string text) => Task.CompletedTask;
            [Step] public Task<Result> Work(Line line) => Task.FromResult(new Result(line.Sku));
            [Step] public Task<string> Ping(CancellationToken ct) => Task.FromResult("pong");
            [Step] public Task Stop() => Task.CompletedTask;
            [Workflow("ship")] public async Task<Result> Ship(IWorkflow flow, Line line) { return await flow.Step(Work, line); }
        """;

    /// <summary>The workflow with these statements in <c>Run(IWorkflow flow, Order order)</c>, which returns a <c>Result</c>.</summary>
    public static string Source(string statements, string attribute = "[Workflow(\"w\")]", string members = "") => $$"""
        {{Types}}
        public sealed class W(Other other)
        {
            {{attribute}}
            public async Task<Result> Run(IWorkflow flow, Order order)
            {
                {{statements}}
                return new Result("end");
            }

            {{Members}}
            {{members}}
        }

        public sealed class Other { [Workflow("other")] public async Task Run(IWorkflow flow, string id) { await Task.CompletedTask; } }
        """;

    /// <summary>The workflow, which the engines' emitters take too.</summary>
    public static WorkflowModel Read(string source)
    {
        var compilation = Compiled.Compile(source);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        var parsed = Compiled.Read(compilation).Single(static workflow => workflow.Model?.Name == "w");
        Assert.Empty(parsed.Findings.Select(finding => $"{finding.RuleId} {string.Join(" ", finding.Arguments)}"));
        var named = JsonNames.Apply(parsed.Model!, default);
        Testing.Asl.AslSimulator.Parse(AslEmitter.Emit(named)!);
        Testing.GoogleWorkflows.GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(named)!);
        return parsed.Model!;
    }

    /// <summary>The body as pseudo code, without the final return.</summary>
    public static string Ir(string statements, string attribute = "[Workflow(\"w\")]", string members = "")
    {
        const string last = "\nreturn {Text: \"end\", Count: 0}";
        var text = IrPrinter.Print(Read(Source(statements, attribute, members)).Body);
        return text.EndsWith(last, StringComparison.Ordinal) ? text[..^last.Length] : text;
    }

    /// <summary>The rule that speaks about the statements, and what it says.</summary>
    public static (string Rule, string Message) Finding(string statements, string attribute = "[Workflow(\"w\")]", string members = "")
    {
        var parsed = Compiled.Read(Compiled.Compile(Source(statements, attribute, members))).Single(static workflow => workflow.Model?.Name == "w");
        var finding = Assert.Single(parsed.Findings);
        return (finding.RuleId, string.Join(" ", finding.Arguments));
    }
}
