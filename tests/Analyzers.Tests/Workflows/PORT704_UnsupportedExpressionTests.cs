using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT704_UnsupportedExpressionTests
{
    [Theory]
    [InlineData("if ([|Tariff.Twice(order.Cents)|] > 100) { return packed; }", "calls 'Twice', which reads the field 'Factor', which is not part of the run's data")]
    [InlineData("var name = order.Id.Trim() + [|Tariff.Stamp()|];", "calls 'Stamp'")]
    [InlineData("if (order.Cents > [|_limit|]) { return packed; }", "reads the field '_limit'")]
    public Task An_expression_that_is_not_pure(string statement, string message) =>
        Check.Reports("PORT704", WorkflowSource.With(statement), message);

    [Theory]
    [InlineData("if (order.Cents > 100 && !(order.Id == \"x\") || order.Note != null) { return packed; }")]
    [InlineData("if (order.Note is not null) { return new Receipt(order.Note, packed.Status); }")]
    [InlineData("var copy = new Receipt(Id: order.Id, Status: \"new\");")]
    [InlineData("var more = order.Cents + 5 > 10 ? order.Note ?? order.Id : $\"{order.Id}!\";")]
    [InlineData("var half = Tariff.Half(order.Cents);")]
    [InlineData("var half = order.Cents / 2; var id = order.Id.ToUpperInvariant(); var copy = packed with { Status = id };")]
    public Task Expressions_of_the_language(string statement) => Check.Silent(WorkflowSource.With(statement));

    [Fact]
    public Task Fix_moves_a_calculation_before_the_statement() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("""
            // Too much?
            if (Tariff.Twice(order.Cents) > 100)
            {
                return packed;
            }
            """),
        WorkflowSource.With(
            """
            // Too much?
            var twice = await flow.Step(Twice, order);
            if (twice > 100)
            {
                return packed;
            }
            """,
            """
            [Step]
            public Task<int> Twice(Order order) =>
                Task.FromResult(Tariff.Twice(order.Cents));
            """));

    [Fact]
    public Task Fix_takes_its_name_from_the_local() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("string? loud = Tariff.Shout(order.Note);"),
        WorkflowSource.With(
            "string? loud = await flow.Step(Loud, order);",
            """
            [Step]
            public Task<string?> Loud(Order order) =>
                Task.FromResult(Tariff.Shout(order.Note));
            """));

    [Fact]
    public Task Fix_takes_its_name_from_the_call_and_needs_no_payload() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("return new Receipt(Tariff.Stamp(), packed.Status);"),
        WorkflowSource.With(
            """
            var stamp = await flow.Step(Stamp);
            return new Receipt(stamp, packed.Status);
            """,
            """
            [Step]
            public Task<string> Stamp() =>
                Task.FromResult(Tariff.Stamp());
            """));

    [Fact]
    public Task Fix_keeps_the_declared_type() => Fix.Changes(
        "PORT704",
        WorkflowSource.With("long doubled = Tariff.Twice(order.Cents);"),
        WorkflowSource.With(
            "long doubled = await flow.Step(Doubled, order);",
            """
            [Step]
            public Task<long> Doubled(Order order) =>
                Task.FromResult<long>(Tariff.Twice(order.Cents));
            """));

    [Theory]
    [InlineData("if (order.Cents > 5 && Tariff.Twice(order.Cents) > 100) { return packed; }")]
    [InlineData("var both = Tariff.Twice(order.Cents + packed.Id.Length);")]
    [InlineData("if (order.Cents > 5) return packed; else if (Tariff.Twice(order.Cents) > 100) return packed;")]
    public Task Fix_is_not_offered_where_it_would_change_the_meaning(string statement) => Fix.NotOffered("PORT704", WorkflowSource.With(statement));
}
