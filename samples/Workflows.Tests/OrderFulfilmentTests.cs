using Workflows.Commerce;

namespace Workflows.Tests;

/// <summary>An approval that comes, comes early, is refused or never comes; and a child that fails.</summary>
public sealed class OrderFulfilmentTests
{
    private static readonly Purchase s_small = new("A-1", "Ada", 4_200, []);
    private static readonly Purchase s_large = new("A-2", "Ada", 250_000, []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderFulfilment>(engine, "order-with-approval");
        simulator.Step("Reserve").Returns();
        simulator.Step("AskForApproval").Returns();
        simulator.Step("Release").Returns();
        simulator.Step("PrintLabel").Returns((Parcel parcel) => "label-" + parcel.OrderId);
        simulator.Step("BookCourier").Returns("courier-7");
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_small_order_is_shipped_without_asking(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_small, Stop);

        Assert.Equal(new Fulfilment("A-1", "shipped", "label-A-1/courier-7"), result.Output<Fulfilment>());
        result.AssertCalls("Reserve");
        var child = Assert.Single(result.Children);
        Assert.Equal("ship-parcel", child.Workflow);
        child.Result.AssertCalls("PrintLabel", "BookCourier");
        Assert.Equal(TimeSpan.Zero, result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_large_order_waits_for_its_approval(Engine engine)
    {
        var result = await Simulator(engine).Event("approval", new Approval(true, "Grace"), at: TimeSpan.FromHours(30)).RunAsync(s_large, Stop);

        Assert.Equal("shipped", result.Output<Fulfilment>().Status);
        result.AssertCalls("Reserve", "AskForApproval");
        Assert.Equal(TimeSpan.FromHours(30), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_approval_that_is_there_before_it_is_asked_for_is_kept(Engine engine)
    {
        var simulator = Simulator(engine).Event("approval", new Approval(true, "Grace"), at: TimeSpan.FromSeconds(1));
        simulator.Step("AskForApproval").Takes(TimeSpan.FromSeconds(5));

        var result = await simulator.RunAsync(s_large, Stop);

        Assert.Equal("shipped", result.Output<Fulfilment>().Status);
        Assert.Equal(TimeSpan.FromSeconds(5), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_refused_order_is_released(Engine engine)
    {
        var result = await Simulator(engine).Event("approval", new Approval(false, "Grace"), at: TimeSpan.FromHours(1)).RunAsync(s_large, Stop);

        Assert.Equal(new Fulfilment("A-2", "rejected", "Grace"), result.Output<Fulfilment>());
        result.AssertCalls("Reserve", "AskForApproval", "Release");
        Assert.Empty(result.Children);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_order_that_nobody_looks_at_expires(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Release").Fails("StockLocked", times: 2);

        var result = await simulator.RunAsync(s_large, Stop);

        Assert.Equal(new Fulfilment("A-2", "expired", null), result.Output<Fulfilment>());
        result.AssertCalls("Reserve", "AskForApproval", "Release", "Release", "Release");
        Assert.Equal(TimeSpan.FromDays(3), result.CallsOf("Release")[0].At);
        Assert.Equal(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(1 + 2), result.Elapsed); // the retries' delays
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_order_without_stock_fails_after_three_attempts(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Reserve").FailsAlways("OutOfStock", "None are left.");

        var result = await simulator.RunAsync(s_small, Stop);

        result.AssertFailed("OutOfStock", "None are left.").AssertCalls("Reserve", "Reserve", "Reserve");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_fails_in_the_child_fails_the_order(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("BookCourier").FailsAlways("NoCourier");

        var result = await simulator.RunAsync(s_small, Stop);

        result.AssertFailed("NoCourier").AssertCalls("Reserve");
        Assert.Equal(3, Assert.Single(result.Children).Result.CallsOf("BookCourier").Count);
        Assert.Equal(TimeSpan.FromSeconds(2 + 4), result.Elapsed);
    }

    [Fact]
    public async Task An_order_stays_within_its_budget_of_transitions()
    {
        var small = await Simulator(Engine.StepFunctions).RunAsync(s_small, Stop);
        Assert.InRange(small.BilledTransitions, 1, 3);
        var large = await Simulator(Engine.StepFunctions).Event("approval", new Approval(true, "Grace")).RunAsync(s_large, Stop);
        Assert.InRange(large.BilledTransitions, 1, 6);
        Assert.InRange(large.PayloadBytes, 1, 1024);
    }
}
