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
    [InlineData("[|await flow.RunStep<Order, Receipt>(\"Pack\", order)|];", "which is for engines")]
    [InlineData("var task = [|flow.Step(Pack, order)|];", "starts 'Step' without awaiting it")]
    [InlineData("await flow.Map(new[] { order }, async o => { [|await Task.Yield()|]; });", "yields")]
    public Task A_task_that_no_engine_knows(string statement, string message) =>
        Check.Reports("PORT705", WorkflowSource.With(statement), message);

    [Fact]
    public Task Steps_of_the_flow() => Check.Silent(WorkflowSource.With("await flow.Step(Pack, order); var again = await flow.Step(this.Pack, order);"));

    [Fact]
    public Task Functions_of_the_workflow() => Check.Silent(WorkflowSource.With(
        "await Again(); await More(flow); async Task Again() { await flow.Step(Pack, order); }",
        "private async Task More(IWorkflow flow) => await flow.Step(Pack, new Order(\"a\", 1, null));"));

    [Theory]
    [InlineData("await Task.Delay(5000);", "await flow.Delay(TimeSpan.FromMilliseconds(5000));")]
    [InlineData("await Task.Delay(TimeSpan.FromHours(1), CancellationToken.None);", "await flow.Delay(TimeSpan.FromHours(1));")]
    [InlineData("await flow.Step(Pack, order).ConfigureAwait(false);", "await flow.Step(Pack, order);")]
    [InlineData("var again = await Pack(order);", "var again = await flow.Step(Pack, order);")]
    public Task Fix_awaits_the_flow(string before, string after) => Fix.Changes("PORT705", WorkflowSource.With(before), WorkflowSource.With(after));

    private const string Service = "private readonly HttpClient _http = new();";

    [Fact]
    public Task Fix_moves_the_call_of_a_service_into_a_step() => Fix.Changes(
        "PORT705",
        WorkflowSource.With("var text = await _http.GetStringAsync(order.Id);", Service),
        WorkflowSource.With(
            "var text = await flow.Step(GetString, order);",
            """
            [Step]
            public Task<string> GetString(Order order) =>
                _http.GetStringAsync(order.Id);

            """ + "\n" + Service));

    [Theory]
    [InlineData("var text = await _http.GetStringAsync(order.Id + packed.Id);")]
    [InlineData("await flow.Map(new[] { order }, async o => { var text = await _http.GetStringAsync(o.Id); return text; });")]
    public Task Fix_is_not_offered_for_a_call_that_takes_more_than_a_payload(string statement) => Fix.NotOffered("PORT705", WorkflowSource.With(statement, Service));

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
