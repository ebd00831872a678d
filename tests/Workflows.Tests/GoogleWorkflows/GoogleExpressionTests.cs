using System.Text.Json.Nodes;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Expressions mean on Google Workflows what IR says: numbers wrap as in C#, and what is not chosen is not looked at.</summary>
public sealed class GoogleExpressionTests
{
    private const string Input = """{"a":7,"z":0,"t":"x","n":null,"o":{"x":1,"s":"in"},"e":null,"l":[3,1,2],"deep":{"o":null}}""";

    private static readonly IrVariable s_in = Var("input", IrKind.Object);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MinValue, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, int.MinValue)]
    [InlineData(-5, 3)]
    [InlineData(0, 0)]
    public async Task Sums_and_differences_wrap_as_in_CSharp(int left, int right)
    {
        Assert.Equal($"{unchecked(left + right)}", await ValueAsync(Plus(Int(left), Int(right), wraps: true)));
        Assert.Equal($"{unchecked(left - right)}", await ValueAsync(new IrArithmetic(IrArithmeticOperator.Subtract, Int(left), Int(right), true)));
        Assert.Equal($"{(long)left + right}", await ValueAsync(Plus(Int(left), Int(right))));
        Assert.Equal($"{(long)left - right}", await ValueAsync(new IrArithmetic(IrArithmeticOperator.Subtract, Int(left), Int(right), false)));
    }

    [Theory]
    [InlineData(int.MaxValue, 100)]
    [InlineData(int.MinValue, 2097152)]
    [InlineData(int.MinValue, -1)]
    [InlineData(-7, 3)]
    [InlineData(0, 5)]
    public async Task Products_wrap_and_quotients_are_cut_as_in_CSharp(int left, int right)
    {
        Assert.Equal($"{unchecked(left * right)}", await ValueAsync(new IrArithmetic(IrArithmeticOperator.Multiply, Int(left), Int(right), true)));
        Assert.Equal($"{left / 12}", await ValueAsync(new IrArithmetic(IrArithmeticOperator.Divide, Int(left), Int(12), false)));
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(-7, 3)]
    [InlineData(7, -3)]
    [InlineData(-7, -3)]
    [InlineData(0, 5)]
    public async Task A_remainder_has_the_sign_of_its_left_side(int left, int right)
    {
        var body = Block(Set("l", Int(left)), Set("r", Int(right)), Return(List(
            new IrArithmetic(IrArithmeticOperator.Remainder, Var("l"), Var("r"), false),
            new IrArithmetic(IrArithmeticOperator.Remainder, Plus(Var("l"), Int(0)), Int(right), false),
            new IrArithmetic(IrArithmeticOperator.Remainder, Int(left), Var("r"), false))));
        Assert.Equal($"[{left % right},{left % right},{left % right}]", await RunAsync(body));
    }

    [Fact]
    public async Task Operators_group_as_they_are_nested()
    {
        var two = Plus(Var("a"), Int(1));
        Assert.Equal("48", await RunAsync(Block(Set("a", Int(7)), Return(new IrArithmetic(IrArithmeticOperator.Multiply, two, Plus(Int(-4), Int(10)), false)))));
        Assert.Equal("5", await RunAsync(Block(Set("a", Int(7)), Return(new IrArithmetic(IrArithmeticOperator.Subtract, Var("a"), new IrArithmetic(IrArithmeticOperator.Subtract, Int(3), Int(1), false), false)))));
        Assert.Equal("9", await RunAsync(Block(Set("a", Int(7)), Return(new IrArithmetic(IrArithmeticOperator.Subtract, Var("a"), Int(-2), false)))));
        Assert.Equal("true", await RunAsync(Block(Set("a", Int(7)), Return(Less(two, Plus(Var("a"), Int(2)))))));
    }

    [Fact]
    public async Task Texts_take_integers()
    {
        Assert.Equal("\"x7-\"", await ValueAsync(Concat(Member(s_in, "t", IrKind.Text), Member(s_in, "a"), Text("-"))));
        Assert.Equal("\"7\"", await ValueAsync(Concat(Member(s_in, "a"))));
        Assert.Equal("\"\"", await ValueAsync(Concat()));
    }

    [Fact]
    public async Task Lists()
    {
        var list = Member(s_in, "l", IrKind.List);
        Assert.Equal("3", await ValueAsync(new IrCount(list)));
        Assert.Equal("1", await ValueAsync(new IrElement(list, Int(1), IrKind.Integer)));
        Assert.Equal("true", await ValueAsync(new IrContains(list, Int(2))));
        Assert.Equal("[3,1,2,9,8]", await ValueAsync(new IrJoin(list, List(Int(9), Int(8)))));
        Assert.Equal("[3,1,2,3,1,2]", await ValueAsync(new IrJoin(list, list)));
        Assert.Equal("[9,3,1,2]", await ValueAsync(new IrJoin(List(Int(9)), list)));
        Assert.Equal("""[3,1,2,{"x":7},[1]]""", await ValueAsync(new IrJoin(list, List(Object(("x", Member(s_in, "a"))), List(Int(1))))));
        Assert.Equal("""[{"x":1},[],[{"y":[2]}],{}]""", await ValueAsync(List(Object(("x", Int(1))), List(), List(Object(("y", List(Int(2))))), Object())));
        Assert.Equal("true", await ValueAsync(new IrContains(new IrConditional(Bool(true), List(Int(1)), List(), IrKind.List), Int(1))));
    }

    [Fact]
    public async Task Objects_within_expressions()
    {
        Assert.Equal("""{"x":2,"s":"in","y":[7]}""", await ValueAsync(new IrMerge(Member(s_in, "o", IrKind.Object), new[] { Field("x", Int(2)), Field("y", List(Member(s_in, "a"))) }.ToEquatableArray())));
        Assert.Equal("""{"k":"made"}""", await ValueAsync(new IrConditional(Same(Member(s_in, "a"), Int(7)), Object(("k", Text("made"))), Null, IrKind.Object)));
        Assert.Equal("""{"k":1}""", await ValueAsync(new IrCoalesce(Member(s_in, "n", IrKind.Object, mayBeNull: true), Object(("k", Int(1))), IrKind.Object)));
    }

    [Fact]
    public async Task A_loops_condition_is_asked_in_every_round()
    {
        // The right side relies on the left one, so both are computed in statements, in every round.
        var condition = new IrBinary(
            IrOperator.And, new IrNot(new IrIsNull(Var("o", IrKind.Object))), Less(Member(Var("o", IrKind.Object), "x"), Int(3)));
        var body = Block(
            Set("o", Object(("x", Int(0)))),
            Set("rounds", Int(0)),
            While(condition, Block(Set("o", Object(("x", Plus(Member(Var("o", IrKind.Object), "x"), Int(1))))), Set("rounds", Plus(Var("rounds"), Int(1))))),
            While(condition, Block(Set("rounds", Plus(Var("rounds"), Int(10)))), after: true),
            Return(Var("rounds")));
        Assert.Equal("13", await RunAsync(body));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Random_expressions(int batch)
    {
        var values = new List<(IrExpression Expression, string Expected)>();
        for (var seed = batch * 200; seed < (batch + 1) * 200; seed++)
        {
            var expression = new RandomExpressions(seed).Next();
            try
            {
                values.Add((expression, new IrInterpreter((_, _) => null, false).Run(Block(Return(expression)), "input", Argument())));
            }
            catch (Exception e) when (e is InvalidOperationException or InvalidCastException or NullReferenceException or ArgumentOutOfRangeException)
            {
                // C# would throw as well.
            }
        }

        Assert.True(values.Count > 50);
        foreach (var (expression, expected) in values)
        {
            var actual = await RunAsync(Block(Return(expression)));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"{expression}\nexpected {expected}, got {actual}\n{GoogleWorkflowsEmitter.Emit(Workflow(Block(Return(expression)), "input"))}");
        }
    }

    [Fact]
    public async Task Long_expressions_are_computed_part_by_part()
    {
        var text = Concat([.. Enumerable.Range(0, 120).Select(i => (IrExpression)(i % 2 == 0 ? Member(s_in, "a") : Text("part")))]);
        Assert.Equal($"\"{string.Concat(Enumerable.Repeat("7part", 60))}\"", await ValueAsync(text));

        IrExpression Repeated(Func<IrExpression, IrExpression> more)
        {
            IrExpression result = Member(s_in, "a");
            for (var i = 0; i < 60; i++)
            {
                result = more(result);
            }

            return result;
        }

        Assert.Equal("67", await ValueAsync(Repeated(inner => Plus(inner, Int(1)))));
        Assert.Equal("67", await ValueAsync(Repeated(inner => Plus(Int(1), inner, wraps: true))));
        Assert.Equal("7", await ValueAsync(Repeated(inner => new IrConditional(Same(inner, Int(7)), inner is IrMember ? inner : Int(7), Int(0), IrKind.Integer))));
        Assert.Equal("7", await ValueAsync(Repeated(inner => new IrCoalesce(inner, Int(1), IrKind.Integer))));
        Assert.Equal("true", await ValueAsync(Same(Text(new string('y', 600)), Concat(Text(new string('y', 300)), Text(new string('y', 300))))));
        Assert.Equal("true", await ValueAsync(new IrContains(List([.. Enumerable.Range(0, 150).Select(i => (IrExpression)Int(1000 + i))]), Int(1100))));
        Assert.Equal("153", await ValueAsync(new IrCount(new IrJoin(Member(s_in, "l", IrKind.List), List([.. Enumerable.Range(0, 150).Select(i => (IrExpression)Int(i))])))));
    }

    private static IrField Field(string name, IrExpression value) => new(new IrName(name, name), value);

    private static object Argument() => new Dictionary<string, object?>
    {
        ["a"] = 7L, ["z"] = 0L, ["t"] = "x", ["n"] = null, ["o"] = new Dictionary<string, object?> { ["x"] = 1L, ["s"] = "in" }, ["e"] = null,
        ["l"] = new List<object?> { 3L, 1L, 2L }, ["deep"] = new Dictionary<string, object?> { ["o"] = null },
    };

    private static Task<string> ValueAsync(IrExpression value) => RunAsync(Block(Return(value)));

    private static async Task<string> RunAsync(IrBlock body)
    {
        var yaml = GoogleWorkflowsEmitter.Emit(Workflow(body, "input"))!;
        var result = await Simulation.RunAsync(yaml, _ => new(StepReply.Success("null")), Input);
        return result.Output ?? throw new Xunit.Sdk.XunitException($"{result.Error}\n{yaml}");
    }
}
