using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

public sealed class GoogleLimitsTests
{
    [Fact]
    public void Parallel_parts_are_two_deep_at_most()
    {
        static IrStatement Nested(int depth) => depth == 0 ? Step("A") : Map($"map_{depth}", List(Int(1)), $"item_{depth}", Block(Nested(depth - 1)));

        Assert.Empty(GoogleLimits.Check(Workflow(Block(Nested(2)))));
        Assert.Equal("nests parallel parts 3 deep", Assert.Single(GoogleLimits.Check(Workflow(Block(Nested(3))))).What);
    }

    [Fact]
    public void A_parallel_has_ten_branches_at_most()
    {
        static IrBlock Wide(int count) => Block(Parallel("p", false, [.. Enumerable.Range(0, count).Select(i => Branch($"b{i}", Block(Step("A", null, null, $"A_{i}"))))]));

        Assert.Empty(GoogleLimits.Check(Workflow(Wide(10))));
        Assert.Equal("has 11 branches in one flow.Parallel", Assert.Single(GoogleLimits.Check(Workflow(Wide(11)))).What);
    }

    [Fact]
    public void Twenty_elements_at_a_time()
    {
        Assert.Empty(GoogleLimits.Check(Workflow(Block(Map("m", List(Int(1)), "x", Block(Step("A")), concurrency: 20)))));
        Assert.Equal("runs 21 elements at a time", Assert.Single(GoogleLimits.Check(Workflow(Block(Map("m", List(Int(1)), "x", Block(Step("A")), concurrency: 21))))).What);
    }

    [Fact]
    public void A_definition_has_128_KB_at_most()
    {
        var problem = Assert.Single(GoogleLimits.Check(Workflow(Block(Enumerable.Range(0, 40).Select(i => Step("A", Text(new string('x', 4000)), null, $"A_{i}"))))));
        Assert.StartsWith("becomes a definition of 1", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_end_within_a_year()
    {
        Assert.Empty(GoogleLimits.Check(Workflow(Block(Wait("w", Int(31_536_000))))));
        Assert.Single(GoogleLimits.Check(Workflow(Block(Wait("w", Int(31_536_001))))));
        Assert.Single(GoogleLimits.Check(Workflow(Block(new IrEvent("e", "paid", Int(31_536_001), null, IrSource.None)))));
    }

    [Fact]
    public void A_workflow_without_a_body_is_nobodys_problem() => Assert.Empty(GoogleLimits.Check(Workflow(Block()) with { Body = null }));
}
