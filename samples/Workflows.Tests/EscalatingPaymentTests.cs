using Workflows.Commerce;

namespace Workflows.Tests;

/// <summary>Retries within rounds, days between the rounds, and the bank in the end.</summary>
public sealed class EscalatingPaymentTests
{
    private static readonly Payment s_payment = new("P-1", "full", 100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<EscalatingPayment>(engine);
        simulator.Step("ChargeCard").Returns();
        simulator.Step("Remind").Returns();
        simulator.Step("DebitBank").Returns();
        simulator.Step("Collect").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_card_is_charged_at_once(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_payment, Stop);

        Assert.Equal(new Settled("P-1", "card", 1), result.Output<Settled>());
        result.AssertCalls("ChargeCard");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_bank_that_is_busy_is_asked_again_within_the_round(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").Fails("Busy", times: 2);

        var result = await simulator.RunAsync(s_payment, Stop);

        Assert.Equal(new Settled("P-1", "card", 1), result.Output<Settled>());
        result.AssertCalls("ChargeCard", "ChargeCard", "ChargeCard");
        Assert.Equal(TimeSpan.FromSeconds(2 + 6), result.Elapsed);
        Assert.All(result.Calls, static call => Assert.Equal("P-1", call.IdempotencyKey)); // so that the bank knows the charge again
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_declined_card_is_tried_on_another_day(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").Fails("CardDeclined", times: 2);

        var result = await simulator.RunAsync(s_payment, Stop);

        Assert.Equal(new Settled("P-1", "card", 3), result.Output<Settled>());
        result.AssertCalls("ChargeCard", "Remind", "ChargeCard", "Remind", "ChargeCard");
        Assert.Equal([1, 1, 1], result.CallsOf("ChargeCard").Select(static call => call.Attempt)); // rounds, not retries
        Assert.Equal(TimeSpan.FromDays(1 + 2), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Three_rounds_in_vain_lead_to_the_bank(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").FailsAlways("CardDeclined");
        simulator.Step("DebitBank").Fails("Maintenance");

        var result = await simulator.RunAsync(s_payment, Stop);

        Assert.Equal(new Settled("P-1", "bank", 3), result.Output<Settled>());
        Assert.Equal(TimeSpan.FromDays(1 + 2 + 3) + TimeSpan.FromSeconds(1), result.Elapsed);
        Assert.Equal(2, result.CallsOf("DebitBank").Count);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_bank_that_refuses_leads_to_collection(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").FailsAlways("CardDeclined");
        simulator.Step("DebitBank").FailsAlways("Refused");

        var result = await simulator.RunAsync(s_payment, Stop);

        Assert.Equal(new Settled("P-1", "collection", 3), result.Output<Settled>());
        Assert.Equal("Collect", result.Calls[^1].Step);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_closed_account_ends_the_run(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").Fails("AccountClosed", message: "Since May.", data: """{"since":5}""");

        var result = await simulator.RunAsync(s_payment, Stop);

        result.AssertFailed("AccountClosed", "Since May.").AssertCalls("ChargeCard");
        Assert.Equal("""{"since":5}""", result.Failure?.Data);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_charge_that_hangs_is_tried_three_times_a_round(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("ChargeCard").Takes(TimeSpan.FromSeconds(21));

        var result = await simulator.RunAsync(s_payment, Stop);

        Assert.Equal("bank", result.Output<Settled>().Route);
        Assert.Equal(3 * 3, result.CallsOf("ChargeCard").Count);
        Assert.Equal(TimeSpan.FromDays(6) + (3 * TimeSpan.FromSeconds(20 + 2 + 20 + 6 + 20)), result.Elapsed);
    }

    [Fact]
    public async Task A_payment_at_once_stays_within_its_budget_of_transitions()
    {
        var paid = await Simulator(Engine.StepFunctions).RunAsync(s_payment, Stop);
        Assert.InRange(paid.BilledTransitions, 1, 3);
    }
}
