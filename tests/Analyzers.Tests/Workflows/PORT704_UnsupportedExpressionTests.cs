using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT704_UnsupportedExpressionTests
{
    [Theory]
    [InlineData("if ([|order.Cents * 2|] > 100) { return packed; }", "calculates")]
    [InlineData("var now = [|DateTime.UtcNow|];", "reads 'UtcNow'")]
    [InlineData("var text = [|$\"{order.Id}!\"|];", "builds a text")]
    [InlineData("var id = [|order.Id.ToUpperInvariant()|];", "calls 'ToUpperInvariant'")]
    [InlineData("if (order.Cents > [|_limit|]) { return packed; }", "reads the field '_limit'")]
    [InlineData("var note = [|order.Note ?? order.Id|];", "uses '??'")]
    [InlineData("var run = [|flow.RunId|];", "reads 'RunId'")]
    public Task An_expression_that_engines_do_not_compute_alike(string statement, string message) =>
        Check.Reports("PORT704", WorkflowSource.With(statement), message);

    [Theory]
    [InlineData("if (order.Cents > 100 && !(order.Id == \"x\") || order.Note != null) { return packed; }")]
    [InlineData("if (order.Note is not null) { return new Receipt(order.Note, packed.Status); }")]
    [InlineData("var copy = new Receipt(Id: order.Id, Status: \"new\");")]
    public Task Expressions_of_the_language(string statement) => Check.Silent(WorkflowSource.With(statement));

    [Fact]
    public Task Fix_moves_a_calculation_before_the_statement() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("""
            // Too much?
            if (order.Cents * 2 > 100)
            {
                return packed;
            }
            """),
        WorkflowSource.With(
            """
            // Too much?
            var computed = await flow.Step(Computed, order);
            if (computed > 100)
            {
                return packed;
            }
            """,
            """
            [Step]
            public Task<int> Computed(Order order) =>
                Task.FromResult(order.Cents * 2);
            """));

    [Fact]
    public Task Fix_takes_its_name_from_the_local() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("string? shout = order.Note?.ToUpperInvariant();"),
        WorkflowSource.With(
            "string? shout = await flow.Step(Shout, order);",
            """
            [Step]
            public Task<string?> Shout(Order order) =>
                Task.FromResult(order.Note?.ToUpperInvariant());
            """));

    [Fact]
    public Task Fix_takes_its_name_from_the_call_and_needs_no_payload() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("return new Receipt(Guid.NewGuid().ToString(), packed.Status);"),
        WorkflowSource.With(
            """
            var toString2 = await flow.Step(ToString2);
            return new Receipt(toString2, packed.Status);
            """,
            """
            [Step]
            public Task<string> ToString2() =>
                Task.FromResult(Guid.NewGuid().ToString());
            """));

    [Fact]
    public Task Fix_keeps_the_declared_type() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("long doubled = order.Cents * 2;"),
        WorkflowSource.With(
            "long doubled = await flow.Step(Doubled, order);",
            """
            [Step]
            public Task<long> Doubled(Order order) =>
                Task.FromResult<long>(order.Cents * 2);
            """));

    [Theory]
    [InlineData("if (order.Cents > 5 && order.Cents * 2 > 100) { return packed; }")]
    [InlineData("var both = order.Id + packed.Id;")]
    [InlineData("try { await flow.Step(Pack, order); } catch (StepFailed failure) { return new Receipt(failure.Code.Trim(), order.Id); }")]
    [InlineData("if (order.Cents > 5) return packed; else if (order.Cents * 2 > 100) return packed;")]
    public Task Fix_is_not_offered_where_it_would_change_the_meaning(string statement) => Fix.NotOffered("PORT704", WorkflowSource.With(statement));
}
