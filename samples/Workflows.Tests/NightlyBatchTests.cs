using Workflows.Operations;

namespace Workflows.Tests;

/// <summary>Accounts that fail by themselves, and are told of.</summary>
public sealed class NightlyBatchTests
{
    private static readonly Batch s_batch = new("2026-01-01", ["a", "b", "c", "d", "e", "f"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<NightlyBatch>(engine);
        simulator.Step("Prepare").Returns((string account) => new Statement(account, 3)).Takes(TimeSpan.FromSeconds(10));
        simulator.Step("Send").Returns();
        simulator.Step("Alert").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_account_gets_its_statement(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_batch, Stop);

        Assert.Equal(new BatchReport("2026-01-01", 6, 0, "none"), result.Output<BatchReport>());
        Assert.Equal(s_batch.Accounts, result.CallsOf("Send").Select(static call => call.Input<Statement>().Account));
        Assert.Empty(result.CallsOf("Alert"));
        Assert.Equal(TimeSpan.FromSeconds(20), result.Elapsed); // five at a time, then the sixth
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Accounts_that_fail_stop_nobody_else(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Prepare").FailsWhen((string account) => account == "b", "NoData");
        simulator.Step("Send").FailsWhen((Statement statement) => statement.Account == "e", "Bounced");

        var result = await simulator.RunAsync(s_batch, Stop);

        Assert.Equal(new BatchReport("2026-01-01", 4, 2, "Bounced"), result.Output<BatchReport>());
        Assert.Equal(2, result.CallsOf("Prepare").Count(static call => call.Input<string>() == "b")); // its retry
        Assert.Equal("2 failed, the last with Bounced", Assert.Single(result.CallsOf("Alert")).Input<string>());
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_night_without_accounts_is_quiet(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_batch with { Accounts = [] }, Stop);

        Assert.Equal(new BatchReport("2026-01-01", 0, 0, "none"), result.Output<BatchReport>());
        result.AssertCalls();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_alert_that_nobody_hears_fails_the_run(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Prepare").FailsAlways("NoData");
        simulator.Step("Alert").Fails("PagerDown");

        var result = await simulator.RunAsync(s_batch with { Accounts = ["a"] }, Stop);

        result.AssertFailed("PagerDown").AssertCalls("Prepare", "Prepare", "Alert");
    }

    [Fact]
    public async Task An_account_stays_within_its_budget_of_transitions()
    {
        var six = await Simulator(Engine.StepFunctions).RunAsync(s_batch, Stop);
        var one = await Simulator(Engine.StepFunctions).RunAsync(s_batch with { Accounts = ["a"] }, Stop);
        Assert.InRange(six.BilledTransitions - one.BilledTransitions, 1, 5 * 2); // preparing and sending
    }
}
