using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>What the reader makes of bodies; that each rule speaks where it should is the analyzers' tests' business.</summary>
public sealed class ReadingTests
{
    private const string Types = """
        using Portable;
        using System.Text.Json.Serialization;
        namespace App;

        public enum Kind { Small, Large }
        public sealed record Inner(string Name);
        public sealed record In(string Id, int Count, decimal Price, Kind Kind, DateTime At, Inner? Inner, List<string> Lines, string? Note)
        {
            [JsonIgnore] public string Hidden { get; init; } = "";
            public List<string> Computed { get; init; } = new();
            public string Upper => Id.ToUpperInvariant();
            internal string Secret { get; init; } = "";
        }
        public sealed record Out(string Id, string? Text = null, object? Any = null);
        public class Plain { public string? A { get; set; } public List<string> B { get; set; } = []; }
        public class Body { public Body(string id) => Id = id.Trim(); public string Id { get; } }
        """;

    [Theory]
    [InlineData("if (input == input) { }", "whose identity JSON does not keep")]
    [InlineData("if (input.Count > 9007199254740993L) { }", "2^53")]
    [InlineData("if (input.Inner.Name == \"x\") { }", "may be null here")]
    [InlineData("if (input.Hidden == \"x\") { }", "[JsonIgnore]")]
    [InlineData("if (input.Secret == \"x\") { }", "not public")]
    [InlineData("var x = new Body(\"a\");", "constructor whose body")]
    [InlineData("var x = flow;", "something else than calls that are awaited")]
    [InlineData("var x = Environment.NewLine;", "not part of the run's data")]
    public void Expressions_are_rejected(string statement, string why)
    {
        var parsed = Compiled.Read(Source(statement));
        var finding = Assert.Single(parsed.Findings);
        Assert.Equal(RuleIdentifiers.UnsupportedExpression, finding.RuleId);
        Assert.Contains(why, finding.Arguments[1], StringComparison.Ordinal);
        Assert.Null(parsed.Model!.Body);
    }

    [Theory]
    [InlineData("if (input.Inner!.Name == \"x\") { }")]
    [InlineData("if (input.Inner is not null && input.Inner.Name == \"x\") { }")]
    [InlineData("if (input.Inner == null) { return new Out(\"a\"); } var x = input.Inner.Name;")]
    [InlineData("if (input.Note is \"x\" || input.Count is not 5) { }")]
    [InlineData("long big = input.Count; decimal price = 5; double half = input.Count; int? maybe = input.Count; string? text = default;")]
    [InlineData("const long Limit = 1L << 40; const string Text = \"a\" + \"b\"; if (input.Count > Limit || input.Id == Text || input.Id != nameof(In)) { }")]
    [InlineData("var x = new Plain { A = null, B = input.Lines };")]
    [InlineData("var at = input.At; var price = input.Price; var lines = input.Lines; var kind = input.Kind;")]
    [InlineData("{ var x = input.Id; } { var x = input.Note; }")]
    [InlineData("if (!(input.Count > 1 == true)) { }")]
    [InlineData("_ = await flow.Step(Echo, \"x\");")]
    public void Bodies_are_read(string statement)
    {
        var parsed = Compiled.Read(Source(statement));
        Assert.Empty(parsed.Findings.Select(finding => string.Join(" ", finding.Arguments)));
        Assert.NotNull(parsed.Model!.Body);
        var named = JsonNames.Apply(parsed.Model, default);
        Testing.Asl.AslSimulator.Parse(AslEmitter.Emit(named)!);
        Testing.GoogleWorkflows.GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(named)!);
    }

    [Fact]
    public void Half_typed_code_never_throws_and_is_left_to_the_compiler()
    {
        var text = Source("""
            if (input.Inner is not null && input.Inner.Name == "x")
            {
                var echo = await flow.Step(Echo, input.Id);
                try { await flow.Step(Echo, echo); } catch (StepFailed failure) { return new Out(failure.Code, failure.Message) { Any = null }; }
            }
            """);
        for (var length = Types.Length; length < text.Length; length += 4)
        {
            foreach (var parsed in Compiled.Read(Compiled.Compile(text[..length])))
            {
                if (parsed.Model is { Body: not null } model)
                {
                    var named = JsonNames.Apply(model, default);
                    Assert.NotNull(AslEmitter.Emit(named));
                    Assert.NotNull(GoogleWorkflowsEmitter.Emit(named));
                }
            }
        }
    }

    [Fact]
    public void Moving_a_workflow_in_its_file_changes_nothing()
    {
        var source = Source("var x = await flow.Step(Echo, input.Id);");
        Assert.Equal(Compiled.Read(source).Model, Compiled.Read(source.Replace("public sealed class W", "\n\n// more\npublic sealed class W", StringComparison.Ordinal)).Model);
    }

    [Fact]
    public void Labels_are_stable_and_unique()
    {
        var body = Compiled.Read(Source("await flow.Step(Echo, \"1\"); await flow.Step(Echo, \"2\"); await flow.Step(Echo_2, \"3\"); await flow.Step(Echo, \"4\");")).Model!.Body;
        Assert.Equal(["Echo", "Echo_3", "Echo_2", "Echo_4"], IrSteps.Of(body).Select(step => step.Label));
    }

    private static string Source(string statement) => $$"""
        {{Types}}
        public sealed class W
        {
            [Workflow("w")]
            public async Task<Out> Run(IWorkflow flow, In input)
            {
                {{statement}}
                return new Out("end");
            }

            [Step] public Task<string> Echo(string text) => Task.FromResult(text);
            [Step] public Task<string> Echo_2(string text) => Task.FromResult(text);
        }
        """;
}
