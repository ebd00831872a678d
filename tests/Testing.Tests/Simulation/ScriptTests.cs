namespace Portable.Testing.Tests.Simulation;

/// <summary>What a script can say of a step, on every engine alike.</summary>
public sealed class ScriptTests
{
    private static readonly Order s_order = new("o-1", [new Line("a", 1), new Line("b", 2)], 500);

    public static TheoryData<Engine> Engines => [.. Enum.GetValues<Engine>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Scripted(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(engine);
        simulator.Step("Price").Returns(new Quote("o-1", 500));
        simulator.Step("ScoreRisk").Returns(new Risk(10));
        simulator.Step("Pack").Returns((Line line) => new Packed(line.Sku, "box"));
        simulator.Step("Unpack").Returns();
        simulator.Step("Charge").Returns(new Charged("p-1"));
        simulator.Step("Refund").Returns();
        simulator.Step("Ship").Returns(new Shipped("T-1"));
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Answers_come_in_turn_and_the_last_one_stays(Engine engine)
    {
        var simulator = WorkflowSimulator.For<RenderWorkflows>(engine, "render");
        simulator.Step("Render").ReturnsInTurn(new Rendered("1"), new Rendered("2"));
        var result = await simulator.RunAsync(new Job("logo", 4, 2), Token);
        Assert.Equal(["1", "2"], new[] { result.Output<Receipt>().OrderId, result.Output<Receipt>().Status }.Order());

        simulator.Step("Render").ReturnsInTurn(new Rendered("only"));
        result = await simulator.RunAsync(new Job("logo", 4, 2), Token);
        Assert.Equal(("only", "only"), (result.Output<Receipt>().OrderId, result.Output<Receipt>().Status));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Some_payloads_fail(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Pack").FailsWhen((Line line) => line.Sku == "b", "Fragile", "It broke.");
        var result = await simulator.RunAsync(s_order, Token);
        result.AssertFailed("Fragile", "It broke.").AssertCompensations("Unpack");
        Assert.Equal("a", result.CallsOf("Unpack")[0].Input<Packed>().Sku);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_answer_that_throws_is_a_failure_with_its_code_message_and_data(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Charge").Returns((Quote quote) => quote.Cents > 100 ? throw new StepFailed("TooMuch", "Too much.", """{"limit":100}""") : new Charged("p"));
        var result = await simulator.RunAsync(s_order, Token);
        result.AssertFailed("TooMuch", "Too much.");
        Assert.Equal("""{"limit":100}""", result.Failure?.Data);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Calls_take_time_by_their_payload(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Child("shipping").Returns(new Shipped("T-1"));
        simulator.Step("Pack").Takes((Line line) => TimeSpan.FromMinutes(line.Quantity));
        var result = await simulator.RunAsync(s_order, Token);
        result.AssertSucceeded();
        Assert.Equal(TimeSpan.FromMinutes(2), result.Elapsed); // of one and of two minutes, side by side
    }

    [Theory]
    [EveryEngine("Inference")]
    public async Task An_inference_that_takes_longer_than_its_timeout_fails(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("ScoreRisk").Takes(TimeSpan.FromSeconds(6));
        var result = await simulator.RunAsync(s_order, Token);
        result.AssertFailed("Timeout");
        Assert.Equal(TimeSpan.FromSeconds(5), result.Elapsed);
    }

    [Theory]
    [EveryEngine("Idempotency key")]
    public async Task Every_attempt_has_the_idempotency_key(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Charge").Fails("PaymentTimeout");
        var result = await simulator.RunAsync(s_order, Token);
        Assert.Equal(["o-1", "o-1"], result.CallsOf("Charge").Select(static call => call.IdempotencyKey));
        Assert.All(result.CallsOf("Pack"), static call => Assert.Null(call.IdempotencyKey));
    }

    [Fact]
    public void A_step_with_a_result_returns_one() =>
        Assert.Contains("Quote", Assert.Throws<SimulationSetupException>(static () => WorkflowSimulator.For<OrderWorkflow>(Engine.Local).Step("Price").Returns()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Another_message_than_the_expected_one_is_told()
    {
        var simulator = Scripted(Engine.Local);
        simulator.Step("Price").FailsAlways("NoPrice", "Not today.");
        var result = await simulator.RunAsync(s_order, Token);
        result.AssertFailed("NoPrice").AssertFailed("NoPrice", "Not today.");
        var error = Assert.Throws<SimulationMismatchException>(() => result.AssertFailed("NoPrice", "Never."));
        Assert.Contains("Never.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Not today.", error.Message, StringComparison.Ordinal);
    }
}
