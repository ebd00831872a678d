using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Testing.Tests.Simulation;

/// <summary>A user's tests of a workflow, on every engine alike.</summary>
public sealed class SimulatorTests
{
    private static readonly Order s_small = new("o-1", [new Line("a", 1), new Line("b", 2), new Line("c", 3)], 500);
    private static readonly Order s_large = s_small with { Cents = 200_000 };

    public static TheoryData<Engine> Engines => [Engine.StepFunctions, Engine.GoogleWorkflows, Engine.Durable, Engine.Local];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Scripted(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(engine);
        simulator.Step("Price").Returns((Order order) => new Quote(order.Id, order.Cents));
        simulator.Step("ScoreRisk").Returns(new Risk(10));
        simulator.Step("Pack").Returns((Line line) => new Packed(line.Sku, "box"));
        simulator.Step("Charge").Returns(new Charged("p-1"));
        simulator.Step("Ship").Returns(new Shipped("T-1"));
        return simulator;
    }

    [Theory]
    [EveryEngine("Retries with an error filter")]
    public async Task A_run_returns_and_tells_what_it_did(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Charge").Fails("PaymentTimeout", times: 2).Takes(TimeSpan.FromSeconds(2));
        var result = await simulator.RunAsync(s_small, Token);
        Assert.Equal(new Receipt("o-1", "shipped", "T-1"), result.Output<Receipt>());
        result.AssertCalls("Price", "ScoreRisk", "Pack", "Pack", "Pack", "Charge", "Charge", "Charge");
        Assert.Equal([1, 2, 3], result.CallsOf("Charge").Select(static call => call.Attempt));
        Assert.Equal(new Quote("o-1", 500), result.CallsOf("Charge")[2].Input<Quote>());
        Assert.Equal(new Charged("p-1"), result.CallsOf("Charge")[2].Output<Charged>());
        Assert.Equal("PaymentTimeout", result.CallsOf("Charge")[0].Failure!.Code);

        // Three charges of 2 s with delays of 1 s and 2 s, and the child's half hour.
        Assert.Equal(TimeSpan.FromSeconds(9) + TimeSpan.FromMinutes(30), result.Elapsed);
        var child = Assert.Single(result.Children);
        Assert.Equal(("shipping", """{"orderId":"o-1","boxes":3}"""), (child.Workflow, child.InputJson));
        child.Result.AssertCalls("Ship");
        var published = Assert.Single(result.Published);
        Assert.Equal(("com.acme.order.shipped", 2, """{"orderId":"o-1","tracking":"T-1"}"""), (published.Type, published.Version, published.PayloadJson));
        Assert.Equal(engine is Engine.StepFunctions or Engine.GoogleWorkflows, result.BilledTransitions > 0);
        Assert.True(result.PayloadBytes <= result.PayloadLimitBytes);
    }

    [Theory]
    [EveryEngine("Events, with a timeout")]
    public async Task An_event_is_waited_for(Engine engine)
    {
        var granted = await Scripted(engine).Event("approval", new Approval(true, "eve"), at: TimeSpan.FromHours(3)).RunAsync(s_large, Token);
        Assert.Equal("shipped", granted.Output<Receipt>().Status);
        Assert.Equal(TimeSpan.FromHours(3.5), granted.Elapsed);
        var refused = await Scripted(engine).Event("approval", new Approval(false, "eve")).RunAsync(s_large, Token);
        Assert.Equal(new Receipt("o-1", "refused", "eve"), refused.Output<Receipt>());
        Assert.Equal(TimeSpan.Zero, refused.Elapsed);
        var late = await Scripted(engine).RunAsync(s_large, Token);
        late.AssertFailed("Timeout");
        Assert.Equal(TimeSpan.FromHours(24), late.Elapsed);
    }

    [Theory]
    [EveryEngine("Events raised before the wait")]
    public async Task An_event_that_comes_before_it_is_waited_for_is_kept(Engine engine)
    {
        var simulator = Scripted(engine).Event("approval", new Approval(false, "eve"), at: TimeSpan.FromSeconds(1));
        simulator.Step("ScoreRisk").Takes(TimeSpan.FromSeconds(4));
        var result = await simulator.RunAsync(s_large, Token);
        Assert.Equal(new Receipt("o-1", "refused", "eve"), result.Output<Receipt>());
        Assert.Equal(TimeSpan.FromSeconds(4), result.Elapsed);
    }

    [Theory]
    [EveryEngine("Sagas")]
    public async Task A_failure_undoes_what_was_done_last_first(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Unpack").Returns(null);
        simulator.Step("Refund").Returns(null);
        simulator.Child("shipping").Fails("OutOfTrucks", message: "all gone");
        var result = await simulator.RunAsync(s_small, Token);
        Assert.Equal(new StepFailure("OutOfTrucks", "all gone"), result.Failure);
        result.AssertFailed("OutOfTrucks").AssertCompensations("Refund", "Unpack", "Unpack", "Unpack");
        Assert.Equal(["c", "b", "a"], result.CallsOf("Unpack").Select(static call => call.Input<Packed>().Sku));
    }

    [Theory]
    [EveryEngine("Child workflows")]
    public async Task A_child_is_answered_by_the_script(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Child("shipping").Returns((Parcel parcel) => new Shipped($"S-{parcel.Boxes}")).Takes(TimeSpan.FromMinutes(1));
        var result = await simulator.RunAsync(s_small, Token);
        Assert.Equal("S-3", result.Output<Receipt>().Detail);
        Assert.Equal(TimeSpan.FromMinutes(1), result.Elapsed);
        Assert.Empty(Assert.Single(result.Children).Result.Calls);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Steps_without_a_script_run_for_real_when_the_application_is_given(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(engine).WithApp(static app => app.Services.AddSingleton<IPayments>(new Bank()));
        simulator.Step("ScoreRisk").Returns(new Risk(10));
        var result = await simulator.RunAsync(s_small, Token);
        Assert.Equal("T-o-1-3", result.Output<Receipt>().Detail);
        Assert.Equal("p-o-1-500", result.CallsOf("Charge")[0].Output<Charged>().PaymentId);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_applications_own_services_are_used_unless_they_are_replaced(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(engine).WithApp();
        simulator.Step("ScoreRisk").Returns(new Risk(10));
        (await simulator.RunAsync(s_small, Token)).AssertFailed("NoBank");
    }

    [Theory]
    [EveryEngine("Timeout of a step")]
    public async Task A_step_that_takes_longer_than_its_timeout_fails(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Charge").Takes(TimeSpan.FromSeconds(11));
        simulator.Step("Unpack").Returns(null);
        var result = await simulator.RunAsync(s_small, Token);
        result.AssertFailed("Timeout");
        Assert.Equal(TimeSpan.FromSeconds(10), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_the_script_does_not_say_is_asked_for(Engine engine)
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(engine);
        simulator.Step("Price").Returns(new Quote("o-1", 1));
        var error = await Record.ExceptionAsync(() => simulator.RunAsync(s_small, Token));
        Assert.Contains("simulator.Step(\"ScoreRisk\")", Assert.IsType<SimulationSetupException>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Runs_of_one_simulator_start_anew(Engine engine)
    {
        var simulator = Scripted(engine);
        simulator.Step("Charge").Fails("PaymentTimeout");
        Assert.Equal((await simulator.RunAsync(s_small, Token)).ToString(), (await simulator.RunAsync(s_small, Token)).ToString());
    }

    [Theory]
    [EveryEngine("Expressions that .NET computes")]
    public async Task Generated_steps_need_no_script_and_are_counted_apart(Engine engine)
    {
        var simulator = WorkflowSimulator.For<RenderWorkflows>(engine, "render");
        simulator.Step("Render").Returns((string name) => new Rendered(name + ".jpg")).Takes(TimeSpan.FromMinutes(4));
        var result = await simulator.RunAsync(new Job("logo", 7, 2), Token);
        Assert.Equal(new Receipt("logo.jpg", "spare.jpg", "3"), result.Output<Receipt>());
        result.AssertCalls("Render", "Render");
        Assert.Equal(TimeSpan.FromMinutes(4), result.Elapsed);
        Assert.Equal(engine is Engine.StepFunctions or Engine.GoogleWorkflows, result.LiftedCalls > 0);
    }

    [Theory]
    [EveryEngine("Defects fail the run")]
    public async Task A_programming_error_fails_the_run_with_its_name(Engine engine)
    {
        var simulator = WorkflowSimulator.For<RenderWorkflows>(engine, "render");
        (await simulator.RunAsync(new Job("logo", 7, 0), Token)).AssertFailed("DivideByZeroException").AssertCalls();
    }

    [Fact]
    [Supports("Goes on after a crash", "Durable")]
    public async Task A_run_on_Durable_decides_the_same_from_every_point_of_its_history()
    {
        var simulator = Scripted(Engine.Durable).Event("approval", new Approval(true, "eve"), at: TimeSpan.FromHours(3));
        simulator.Step("Charge").Fails("PaymentTimeout", times: 2);
        simulator.Step("Ship").FailsAlways("Lost");
        simulator.Step("Unpack").Returns();
        simulator.Step("Refund").Returns();
        var result = await simulator.RunAsync(s_large, Token); // throws NonDeterminismException where it does not
        result.AssertFailed("Lost").AssertCompensations("Refund", "Unpack", "Unpack", "Unpack");
        Assert.True(result.Details.HistoryEvents > 30, $"{result.Details.HistoryEvents} events");
    }

    [Fact]
    public async Task An_Express_machine_has_five_minutes_and_bills_no_transitions()
    {
        var simulator = WorkflowSimulator.For<RenderWorkflows>(Engine.StepFunctions, "slow-render");
        simulator.Step("Render").Returns(new Rendered("x")).Takes(TimeSpan.FromMinutes(4));
        var result = await simulator.RunAsync(new Job("logo", 1, 1), Token);
        Assert.Equal((true, 0), (result.Succeeded, result.BilledTransitions));
        simulator.Step("Render").Takes(TimeSpan.FromMinutes(6));
        var late = await simulator.RunAsync(new Job("logo", 1, 1), Token);
        late.AssertFailed("Timeout");
        Assert.Equal(TimeSpan.FromMinutes(5), late.Elapsed);
    }

    [Fact]
    public void A_class_with_several_workflows_wants_a_name() =>
        Assert.Contains("For<RenderWorkflows>(engine, \"render\")", Assert.Throws<SimulationSetupException>(static () => WorkflowSimulator.For<RenderWorkflows>(Engine.Local)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Expectations_that_fail_tell_what_happened()
    {
        var simulator = Scripted(Engine.StepFunctions);
        simulator.Step("ScoreRisk").Returns(new Risk(90));
        var result = await simulator.RunAsync(s_small, Token);
        var error = Assert.Throws<SimulationMismatchException>(() => result.AssertCalls("Price"));
        Assert.Contains("ScoreRisk {", error.Message, StringComparison.Ordinal);
        Assert.Contains("returned {", Assert.Throws<SimulationMismatchException>(() => result.AssertFailed("X")).Message, StringComparison.Ordinal);
        Assert.Throws<SimulationSetupException>(() => result.CallsOf("Nope"));
    }

    [Fact]
    public void Names_that_do_not_exist_are_refused_with_those_that_do()
    {
        var simulator = WorkflowSimulator.For<OrderWorkflow>(Engine.Local);
        Assert.Contains("Charge", Assert.Throws<SimulationSetupException>(() => simulator.Step("Chrage")).Message, StringComparison.Ordinal);
        Assert.Contains("'shipping'", Assert.Throws<SimulationSetupException>(() => simulator.Child("x")).Message, StringComparison.Ordinal);
        Assert.Contains("[Workflow]", Assert.Throws<SimulationSetupException>(static () => WorkflowSimulator.For<Startup>(Engine.Local)).Message, StringComparison.Ordinal);
        Assert.Contains("no Portable application", Assert.Throws<SimulationSetupException>(static () => WorkflowSimulator.For<string>(Engine.Local, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("Quote", Assert.Throws<SimulationSetupException>(() => simulator.Step("Price").Returns(new Risk(1))).Message, StringComparison.Ordinal);
    }

    private sealed class Bank : IPayments
    {
        public Task<string> ChargeAsync(string orderId, int cents) => Task.FromResult($"p-{orderId}-{cents}");
    }
}
