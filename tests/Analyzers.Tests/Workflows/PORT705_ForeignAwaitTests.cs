using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT705_ForeignAwaitTests
{
    [Theory]
    [InlineData("[|await Task.Delay(5)|];", "await flow.Delay(...)")]
    [InlineData("[|await flow.Step(Pack, order).ConfigureAwait(false)|];", "uses ConfigureAwait")]
    [InlineData("var again = [|await Pack(order)|];", "make it a [Step] and run it with flow.Step(Pack, ...)")]
    [InlineData("[|await Task.WhenAll(flow.Step(Pack, order), flow.Step(Pack, order))|];", "use flow.Parallel")]
    [InlineData("[|await Again()|]; async Task Again() { await flow.Step(Pack, order); }", "awaits the local function 'Again'")]
    [InlineData("[|await flow.RunStep<Order, Receipt>(\"Pack\", order)|];", "which is for engines")]
    [InlineData("var task = [|flow.Step(Pack, order)|];", "starts 'Step' without awaiting it")]
    [InlineData("await flow.Map(new[] { order }, async o => { [|await Task.Yield()|]; });", "yields")]
    public Task A_task_that_no_engine_knows(string statement, string message) =>
        Check.Reports("PORT705", WorkflowSource.With(statement), message);

    [Fact]
    public Task Steps_of_the_flow() => Check.Silent(WorkflowSource.With("await flow.Step(Pack, order); var again = await flow.Step(this.Pack, order);"));

    [Fact]
    public Task Fix_runs_the_steps_in_branches() => Fix.Changes(
        "PORT705",
        WorkflowSource.With("await Task.WhenAll(flow.Step(Pack, order), flow.Step(Pack, order with { Cents = 1 }));"),
        WorkflowSource.With("await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Pack, order with { Cents = 1 }));"));

    [Theory]
    [InlineData("var both = await Task.WhenAll(flow.Step(Pack, order), flow.Step(Pack, order));")]
    [InlineData("await Task.WhenAll(flow.Step(Pack, order), Task.CompletedTask);")]
    [InlineData("await Task.WhenAll(new[] { flow.Step(Pack, order) });")]
    public Task Fix_is_not_offered_where_it_would_not_compile(string statement) => Fix.NotOffered("PORT705", WorkflowSource.With(statement));
}
