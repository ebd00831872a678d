using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT721_LiftingForbiddenTests
{
    [Fact]
    public Task An_expression_that_would_become_a_step() =>
        Check.Reports("PORT721", Native(WorkflowSource.With("var half = [|order.Cents / -2|];")), "is [Native], but calculates");

    [Fact]
    public Task The_class_may_say_so_too() =>
        Check.Reports("PORT721", WorkflowSource.With("var half = [|order.Cents / -2|];").Replace("public sealed class Fulfilment", "[Native] public sealed class Fulfilment", StringComparison.Ordinal));

    [Fact]
    public Task Native_expressions() => Check.Silent(Native(WorkflowSource.With("var more = order.Cents + 5 > 10 ? order.Note ?? order.Id : $\"{order.Id}!\";")));

    [Fact]
    public Task Fix_extracts_a_step() => Fix.Changes(
        "PORT721",
        Native(WorkflowSource.With("var half = order.Cents / -2;")),
        Native(WorkflowSource.With(
            "var half = await flow.Step(Half, order);",
            """
            [Step]
            public Task<int> Half(Order order) =>
                Task.FromResult(order.Cents / -2);
            """)));

    private static string Native(string source) => source.Replace("[Workflow(", "[Native, Workflow(", StringComparison.Ordinal);
}
