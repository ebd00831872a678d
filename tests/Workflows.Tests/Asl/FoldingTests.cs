using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using static Portable.Workflows.Tests.Asl.MadeIr;

namespace Portable.Workflows.Tests.Asl;

/// <summary>A <c>foreach</c> that only computes is no loop of states, however many elements there are.</summary>
public sealed class FoldingTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    private static readonly IrVariable Order = Var("order");
    private static readonly IrExpression Items = Member(Order, "items", IrKind.List);
    private static readonly IrMember Price = Member(Var("item"), "price", IrKind.Integer);

    [Theory]
    [InlineData("[]", "0")]
    [InlineData("""[{"price":7}]""", "7")]
    [InlineData("""[{"price":7},{"price":-9}]""", "-2")]
    [InlineData("""[{"price":2147483647},{"price":1}]""", "-2147483648")]
    public void A_sum_is_one_assignment(string items, string expected) => Assert.Equal(expected, Folded(
        Block(
            Set("sum", Number(0)),
            ForEach("item", Items, Block(Set("sum", new IrArithmetic(IrArithmeticOperator.Add, Var("sum", IrKind.Integer), Price, Wraps: true)))),
            Call("A", Var("sum"), "same"),
            Return(Var("same"))),
        items));

    [Theory]
    [InlineData("[]", """{"many":0,"last":"none"}""")]
    [InlineData("""[{"price":7},{"price":1},{"price":5},{"price":0}]""", """{"many":2,"last":"7,5,"}""")]
    public void Conditions_and_continue_decide_for_each_variable(string items, string expected) => Assert.Equal(expected, Folded(
        Block(
            Set("many", Number(0)),
            Set("last", Text("none")),
            ForEach("item", Items, Block(
                If(Less(Price, Number(2)), Block(Continue)),
                Set("many", Add(Var("many"), Number(1))),
                Set("digit", Concat(Price, Text(","))),
                If(Is(Var("last", IrKind.Text), Text("none")), Block(Set("last", Text("")))),
                Set("last", Concat(Var("last", IrKind.Text), Var("digit", IrKind.Text))))),
            Call("A", Order),
            Return(Object(("many", Var("many")), ("last", Var("last"))))),
        items));

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("""[{"tags":[1,2]}]""", "[[1,2]]")]
    [InlineData("""[{"tags":[]},{"tags":null},{"tags":[[3]]}]""", "[[],null,[[3]]]")]
    public void Lists_are_kept_as_elements(string items, string expected) => Assert.Equal(expected, Folded(
        Block(
            Set("all", List()),
            ForEach("item", Items, Block(Set("all", Join(Var("all", IrKind.List), List(Member(Var("item"), "tags", IrKind.List)))))),
            Call("A", Order),
            Return(Var("all", IrKind.List))),
        items));

    [Fact]
    public void Variables_that_depend_on_each_other_stay_a_loop()
    {
        var body = Block(
            Set("previous", Number(0)),
            Set("rises", Number(0)),
            ForEach("item", Items, Block(
                If(Less(Var("previous", IrKind.Integer), Price), Block(Set("rises", Add(Var("rises"), Number(1))))),
                Set("previous", Price))),
            Call("A", Order),
            Return(Var("rises")));
        var definition = AslEmitter.Emit(Workflow(body))!;
        Assert.DoesNotContain("$reduce", definition);
        Assert.Equal("2", Run(definition, """[{"price":1},{"price":1},{"price":3}]""").Output);
    }

    [Fact]
    public void A_loop_with_a_step_or_an_early_end_stays_a_loop()
    {
        Assert.DoesNotContain("$reduce", AslEmitter.Emit(Workflow(Block(Set("n", Number(0)), ForEach("item", Items, Block(Call("A", Var("item")), Set("n", Add(Var("n"), Number(1))))), Return(Var("n")))))!);
        Assert.DoesNotContain("$reduce", AslEmitter.Emit(Workflow(Block(Set("n", Number(0)), ForEach("item", Items, Block(Set("n", Add(Var("n"), Number(1))), If(Is(Price, Number(1)), Block(Break)))), Return(Var("n")))))!);
    }

    private string? Folded(IrBlock body, string items)
    {
        var definition = AslEmitter.Emit(Workflow(body))!;
        Assert.Contains("$reduce", definition);
        Assert.DoesNotContain("For each", definition);
        Assert.DoesNotContain("\"Choice\"", definition);
        oracle.Check(definition);
        return Run(definition, items).Output;
    }

    private static SimulationResult Run(string definition, string items) =>
        AslWorld.Run(definition, $$"""{"items":{{items}}}""", new StepScript().Answers("A", static input => input));
}
