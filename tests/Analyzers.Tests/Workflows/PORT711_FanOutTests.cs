using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT711_FanOutTests
{
    [Theory]
    [InlineData("await flow.Map(orders, Pack, [|maxConcurrency: 21|]);", "no constant from 1 to 20")]
    [InlineData("await flow.Map(orders, Pack, [|order.Cents|]);", "no constant from 1 to 20")]
    [InlineData("var branch = [|flow.Branch(Pack, order)|]; await flow.Parallel(branch, flow.Branch(Pack, order));", "that no flow.Parallel runs")]
    [InlineData("await flow.Parallel([|order.Cents > 5 ? flow.Branch(Pack, order) : flow.Branch(Pack, order)|], flow.Branch(Pack, order));", "made elsewhere")]
    [InlineData("var pair = await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Pack, order)); var again = [|pair|];", "name them")]
    [InlineData("return [|(await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Pack, order))).Item1|];", "name them")]
    [InlineData("await flow.Map(orders, Self); async Task Self(Order o) { await flow.Map(orders, [|Self|]); }", "within itself")]
    [InlineData("await [|flow.TryMap(orders, Count)|];", "return 'Int32?' or a record")]
    [InlineData("await flow.Map(orders, [|async (o, ct) => await flow.Step(Pack, o)|]);", "takes a cancellation token")]
    [InlineData("await flow.Map(orders, [|Count|]); async Task<Receipt> Count(Order o) => await flow.Step(Pack, o);", "has the name of a step")]
    public Task What_not_every_engine_can_run(string statement, string message) => Check.Reports("PORT711", Source(statement), message);

    [Theory]
    [InlineData("const int most = 20; var packed2 = await flow.Map(orders, Pack, most); return packed2[0];")]
    [InlineData("var pair = await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Pack, order)); var (a, _) = pair; return pair.Item1 with { Id = a.Id };")]
    [InlineData("await flow.Map(orders, a => flow.Map(orders, Pack)); var tried = await flow.TryMap(orders, Pack);")]
    public Task What_every_engine_can_run(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => WorkflowSource.With(
        "Order[] orders = [order];\n" + statement,
        "[Step] public Task<int> Count(Order order) => Task.FromResult(1);");
}
