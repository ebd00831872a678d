using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT710_BranchAssignsOuterTests
{
    [Theory]
    [InlineData("var total = 0; await flow.Parallel(flow.Branch(Pack, order), flow.Branch(async () => { [|total = 1|]; await flow.Step(Pack, order); }));", "assigns 'total' inside a branch")]
    [InlineData("var total = 0; await flow.Parallel(flow.Branch(Pack, order), flow.Branch(async () => { [|total++|]; await flow.Step(Pack, order); }));", "assigns 'total' inside a branch")]
    [InlineData("await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Change)); async Task Change() { [|order = await flow.Step(Look, order)|]; }", "assigns 'order' inside a branch")]
    [InlineData("var all = new List<string>(); await flow.Map(new[] { order }, async o => { var r = await flow.Step(Pack, o); [|all.Add(r.Id)|]; });", "assigns 'all' inside a branch")]
    public Task An_outer_variable(string statement, string message) => Check.Reports("PORT710", Source(statement), message);

    [Fact]
    public Task Variables_of_the_body() => Check.Silent(Source(
        "var outer = order.Id; await flow.Map(new[] { order }, async o => { var n = 0; n += 1; o = o with { Id = outer }; if (n > 0) { await flow.Step(Pack, o); } });"));

    private static string Source(string statement) => WorkflowSource.With(statement, "[Step] public Task<Order> Look(Order order) => Task.FromResult(order);");
}
