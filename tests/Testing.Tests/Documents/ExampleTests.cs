using Portable.Testing.Tests.Simulation;

namespace Portable.Testing.Tests.Documents;

/// <summary>The workflows that README.md and docs/workflows.md print do what the text around them says, on every engine.</summary>
public sealed class ExampleTests
{
    private static readonly Order s_small = new("o-1", 4_200, ["a", "b"]);
    private static readonly Order s_large = new("o-2", 200_000, ["a"]);

    public static TheoryData<Engine> Engines => [.. Enum.GetValues<Engine>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Readme(Engine engine)
    {
        var simulator = WorkflowSimulator.For<Readme.OrderWorkflow>(engine).WithServices(static app => app.AddSingletons());
        simulator.Step("Charge").Returns(new Readme.Charge("c-1"));
        simulator.Step("Refund").Returns();
        simulator.Step("Reserve").Returns((string sku) => new Readme.Reservation(sku, "shelf"));
        simulator.Step("Release").Returns();
        simulator.Step("Ship").Returns();
        return simulator;
    }

    private static WorkflowSimulator Docs(Engine engine)
    {
        var simulator = WorkflowSimulator.For<Docs.OrderWorkflow>(engine).WithServices(static app => app.AddSingletons());
        simulator.Step("Price").Returns((Order order) => new Docs.Quote(order.Id, order.Cents));
        simulator.Step("Reserve").Returns(new Docs.Reservation("Bonn"));
        simulator.Step("Release").Returns();
        simulator.Step("Pack").Returns((string sku) => new Docs.Parcel(sku));
        simulator.Step("Charge").Returns();
        simulator.Step("ScoreRisk").Returns(new Docs.Risk(10));
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_readmes_order_ships(Engine engine)
    {
        var result = await Readme(engine).RunAsync(s_small, Token);
        Assert.Equal(new Receipt("o-1", "shipped, paid with c-1"), result.Output<Receipt>());
        Assert.Equal(["a", "b"], result.CallsOf("Ship")[0].Input<Readme.Shipment>().Reserved.Select(static reserved => reserved.Sku));
        var refused = await Readme(engine).Event("approval", new Approval(false)).RunAsync(s_large, Token);
        Assert.Equal("rejected", refused.AssertCalls().Output<Receipt>().Status);
        Assert.Equal(TimeSpan.FromHours(24), (await Readme(engine).RunAsync(s_large, Token)).AssertFailed("Timeout").Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_readmes_order_is_undone(Engine engine)
    {
        var simulator = Readme(engine);
        simulator.Step("Ship").Fails("NoTrucks");
        simulator.Step("Refund").Fails("BankAsleep", times: 4);
        var result = await simulator.RunAsync(s_small, Token);
        result.AssertFailed("NoTrucks").AssertCompensations("Release", "Release", "Refund", "Refund", "Refund", "Refund", "Refund");
        Assert.Equal(["b", "a"], result.CallsOf("Release").Select(static call => call.Input<Readme.Reservation>().Sku));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_docs_order_ships_or_is_undone_by_hand(Engine engine)
    {
        Assert.Equal(new Receipt("o-1", "2 parcels from Bonn"), (await Docs(engine).RunAsync(s_small, Token)).AssertCompensations().Output<Receipt>());

        var declined = Docs(engine);
        declined.Step("Charge").Fails("CardDeclined");
        (await declined.RunAsync(s_small, Token)).AssertFailed("CardDeclined").AssertCompensations("Release");

        var late = Docs(engine);
        late.Step("Charge").Takes(TimeSpan.FromSeconds(11));
        Assert.Equal(3, (await late.RunAsync(s_small, Token)).AssertFailed("Timeout").AssertCompensations().CallsOf("Charge").Count);
    }
}
