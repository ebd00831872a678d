using Portable.Generator.Discovery;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Expressions;

/// <summary>What becomes a generated step, with which code, and what must not.</summary>
public sealed class LiftingTests
{
    private const string Types = """
        using Portable;
        using Money = System.Decimal;
        using static System.Math;
        namespace App;

        public enum Level { Low, High }
        public sealed record Item(string Name, decimal Price);
        public sealed record In(string Id, int Count, decimal Price, List<Item> Items, Level Level, string? Note);
        public static class Rates { public const decimal Vat = 0.19m; public static readonly decimal Now = 1; public static decimal Of(decimal price) => price; }
        public interface IThing { string Name { get; } }
        """;

    [Theory]
    [InlineData("decimal x = input.Price * Rates.Vat;", "input.Price * 0.19M")]
    [InlineData("var x = Max(input.Count, 3);", "global::System.Math.Max(input.Count, 3)")]
    [InlineData("var x = (Money)input.Count / 3;", "(decimal)input.Count / 3")]
    [InlineData("var x = input.Items.Sum(i => i.Price);", "global::System.Linq.Enumerable.Sum(input.Items, i => i.Price)")]
    [InlineData("var x = input.Items.OfType<Item>().ToList();", "global::System.Linq.Enumerable.ToList(global::System.Linq.Enumerable.OfType<global::App.Item>(input.Items))")]
    [InlineData("var x = input.Items.Select(i => new Item(i.Name.Trim(), 1)).ToArray();", "global::System.Linq.Enumerable.ToArray(global::System.Linq.Enumerable.Select(input.Items, i => new global::App.Item(i.Name.Trim(), 1)))")]
    [InlineData("var x = input.Level.ToString() + nameof(Level.High);", "input.Level.ToString() + \"High\"")]
    [InlineData("const int Two = -2; var x = input.Count / Two;", "input.Count / (-2)")]
    [InlineData("var x = input.Count /* by two */ / -2; // half", "input.Count / -2")]
    [InlineData("var x = Private(input.Price / 2);", "global::App.W.Private(input.Price / 2)")]
    public void The_expression_means_the_same_in_emitted_code(string statement, string text)
    {
        var model = Compiled.Read(Source(statement)).Model!;
        Assert.Equal(text, Assert.Single(model.Steps, step => step.Lifted is not null).Lifted!.Expression);
    }

    [Theory]
    [InlineData("var x = DateTime.UtcNow;", RuleIdentifiers.NotReplayable, "use flow.UtcNow")]
    [InlineData("var x = input.Count / DateTimeOffset.Now.Day;", RuleIdentifiers.NotReplayable, "use flow.UtcNow")]
    [InlineData("var x = Guid.NewGuid();", RuleIdentifiers.NotReplayable, "flow.NewGuid()")]
    [InlineData("var x = new Random().Next();", RuleIdentifiers.NotReplayable, "random")]
    [InlineData("var x = Environment.MachineName;", RuleIdentifiers.NotReplayable, "machine")]
    [InlineData("var x = input.Id.GetHashCode();", RuleIdentifiers.NotReplayable, "process")]
    [InlineData("var x = Rates.Of(input.Price);", null, "")]
    [InlineData("var x = Rates.Now * 2;", null, "")]
    [InlineData("var x = input.Price * _rate;", RuleIdentifiers.UnsupportedExpression, "field '_rate'")]
    [InlineData("var x = input.Items.Select(i => { return i.Price; }).ToList();", null, "")]
    [InlineData("var x = input.Items.Select(i => { var p = i.Price; return p; }).ToList();", RuleIdentifiers.UnsupportedExpression, "lambda with statements")]
    [InlineData("var x = from i in input.Items select i.Price;", null, "")]
    [InlineData("var x = new { A = input.Price * 2 }; var y = x.GetHashCode();", RuleIdentifiers.NotReplayable, "depends on")]
    [InlineData("var x = (input.Price * 2, 1); var y = x.ToString();", RuleIdentifiers.UnsupportedExpression, "as one value")]
    [InlineData("var x = input.Items.GroupBy(i => i.Name);", RuleIdentifiers.UnsupportedExpression, "ToList()")]
    [InlineData("var x = input.Items[0] == input.Items[1];", null, "")]
    [InlineData("var x = input.Items == new List<Item>();", RuleIdentifiers.UnsupportedExpression, "identity")]
    [InlineData("var x = new Hidden(1).Value + 1m;", RuleIdentifiers.UnsupportedExpression, "emitted code cannot see")]
    [InlineData("var x = Math.Round((await flow.Step(Half, 3)) / 2m);", RuleIdentifiers.UnsupportedExpression, "keep the step's result in a local")]
    [InlineData("if (int.TryParse(input.Id, out var n)) { return n; }", null, "")]
    [InlineData("var x = string.Concat(flow);", RuleIdentifiers.UnsupportedExpression, "'flow' for something else")]
    public void What_is_not_pure_is_reported_where_it_stands(string statement, string? rule, string why)
    {
        var findings = Compiled.Read(Source(statement)).Findings.Where(finding => finding.RuleId != RuleIdentifiers.LiftedExpression).ToArray();
        if (rule is null)
        {
            Assert.Empty(findings);
            return;
        }

        var finding = Assert.Single(findings);
        Assert.Equal(rule, finding.RuleId);
        Assert.Contains(why, finding.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Native_forbids_it()
    {
        var parsed = Compiled.Read(Source("var x = input.Price * 2;").Replace("[Workflow(", "[Native, Workflow(", StringComparison.Ordinal));
        Assert.Equal(RuleIdentifiers.LiftingForbidden, Assert.Single(parsed.Findings).RuleId);
        Assert.Null(parsed.Model!.Body);
        Assert.Empty(Compiled.Read(Source("var x = input.Count + 2;").Replace("[Workflow(", "[Native, Workflow(", StringComparison.Ordinal)).Findings);
    }

    [Theory]
    [InlineData("var x = input.Price * 2;", "when a run gets there")]
    [InlineData("foreach (var item in input.Items) { var x = item.Price * 2; }", "in every round")]
    public void Its_price_is_told(string statement, string price)
    {
        var finding = Assert.Single(Compiled.Read(Source(statement)).Findings);
        Assert.Equal(RuleIdentifiers.LiftedExpression, finding.RuleId);
        Assert.Contains(price, finding.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_differ_from_those_of_the_users_steps()
    {
        var model = Compiled.Read(Source("var x = input.Price * 2;").Replace("Half(", "Lift_1(", StringComparison.Ordinal)).Model!;
        Assert.Equal(["Lift_1", "Lifted_1"], model.Steps.Select(step => step.Name));
    }

    [Theory]
    [InlineData("JsonStringEnumConverter<Level>", false)]
    [InlineData("JsonNumberEnumConverter<Level>", true)]
    public void Enums_travel_as_their_converter_says(string converter, bool isLifted)
    {
        var source = Source("var x = input.Level == Level.High;").Replace("public enum", $"[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.{converter}))] public enum", StringComparison.Ordinal);
        Assert.Equal(isLifted, Compiled.Read(source).Model!.Steps.Any(step => step.Lifted is not null));
    }

    [Fact]
    public void A_context_that_writes_enums_as_texts_leaves_them_to_dotnet()
    {
        var source = Source("var x = input.Level == Level.High;")
            + "[System.Text.Json.Serialization.JsonSourceGenerationOptions(UseStringEnumConverter = true)] public abstract class Context() : System.Text.Json.Serialization.JsonSerializerContext(null);";
        Assert.Contains(Compiled.Read(source).Model!.Steps, step => step.Lifted is not null);
    }

    private static string Source(string statement) => $$"""
        {{Types}}
        public sealed class W
        {
            private readonly decimal _rate = 1;

            [Workflow("w")]
            public async Task<int> Run(IWorkflow flow, In input)
            {
                {{statement}}
                return 0;
            }

            [Step] public Task<int> Half(int number) => Task.FromResult(number / 2);

            [System.Diagnostics.Contracts.Pure] internal static decimal Private(decimal value) => value;

            private sealed record Hidden(decimal Value);
        }
        """;
}
