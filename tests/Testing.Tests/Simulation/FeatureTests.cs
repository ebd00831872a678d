namespace Portable.Testing.Tests.Simulation;

/// <summary>Features of the language, each run on every engine: rows of the README's table of engines.</summary>
public sealed class FeatureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine, string workflow)
    {
        var simulator = WorkflowSimulator.For<FeatureWorkflows>(engine, workflow);
        simulator.Step("Double").Returns((int number) => number * 2);
        simulator.Step("Note").Returns();
        return simulator;
    }

    [Theory]
    [EveryEngine("`if`, `switch`, loops, `break`, `continue`, `return` anywhere")]
    public async Task Control(Engine engine)
    {
        var simulator = Simulator(engine, "control");
        Assert.Equal(new Tally(110, "many, 4"), (await simulator.RunAsync(new Numbers([1, 0, 3, 5, 101, 7]), Token)).AssertCalls("Double").Output<Tally>());
        Assert.Equal(new Tally(-4, "negative"), (await simulator.RunAsync(new Numbers([2, -4, 1]), Token)).AssertCalls().Output<Tally>());
        Assert.Equal(new Tally(3, "few, 3"), (await simulator.RunAsync(new Numbers([]), Token)).Output<Tally>());
    }

    [Theory]
    [EveryEngine("`try`, `catch` with `when`, `finally`, `throw`")]
    public async Task Errors(Engine engine)
    {
        var simulator = Simulator(engine, "errors");
        simulator.Step("Double").FailsWhen((int number) => number == 1, "Odd").FailsWhen((int number) => number == 5, "Fatal", "five").FailsWhen((int number) => number == 6, "Other");
        Assert.Equal(new Tally(1, "++"), (await simulator.RunAsync(new Numbers([2, 1, 4]), Token)).AssertCalls("Double", "Note", "Double", "Note", "Double", "Note").Output<Tally>());
        (await simulator.RunAsync(new Numbers([5, 2]), Token)).AssertFailed("Stopped", "five").AssertCalls("Double", "Note");
        (await simulator.RunAsync(new Numbers([6, 2]), Token)).AssertFailed("Other").AssertCalls("Double", "Note");
    }

    [Theory]
    [EveryEngine("Branches side by side")]
    public async Task Branches(Engine engine)
    {
        var simulator = Simulator(engine, "side-by-side");
        simulator.Step("Double").Takes(TimeSpan.FromSeconds(7));
        var result = await simulator.RunAsync(new Numbers([]), Token);
        Assert.Equal((2, 4), (result.Output<Doubled>().First, result.Output<Doubled>().Second));
        Assert.Equal(TimeSpan.FromSeconds(17), result.Elapsed);

        // The other branch stops before its next step.
        simulator.Step("Double").FailsWhen((int number) => number == 1, "First");
        (await simulator.RunAsync(new Numbers([]), Token)).AssertFailed("First").AssertCalls("Double");
    }

    [Theory]
    [EveryEngine("Map: in order, some at a time")]
    public async Task Map(Engine engine)
    {
        var simulator = Simulator(engine, "map");
        simulator.Step("Double").Takes((int number) => TimeSpan.FromSeconds(number));
        var result = await simulator.RunAsync(new Numbers([9, 2, 3, 4]), Token);
        Assert.Equal([18, 4, 6, 8], result.Output<Doubled>().Rest);
        Assert.Equal([0, 0, 2, 5], result.CallsOf("Double").Select(static call => call.At.TotalSeconds));
        Assert.Equal([14], (await simulator.RunAsync(new Numbers([7]), Token)).Output<Doubled>().Rest);
        Assert.Empty((await simulator.RunAsync(new Numbers([]), Token)).Output<Doubled>().Rest);
    }

    [Theory]
    [EveryEngine("Map whose elements may fail by themselves")]
    public async Task Partial_failure(Engine engine)
    {
        var simulator = Simulator(engine, "partial-failure");
        simulator.Step("Double").FailsWhen((int number) => number == 2, "Two").FailsWhen((int number) => number == 4, "Four");
        var result = await simulator.RunAsync(new Numbers([1, 2, 3, 4, 5]), Token);
        Assert.Equal(new Tally(2, "Two;Four;"), result.Output<Tally>());
        Assert.Equal(5, result.CallsOf("Double").Count);
    }

    [Theory]
    [EveryEngine("Published events")]
    public async Task Published(Engine engine)
    {
        var result = await WorkflowSimulator.For<FeatureWorkflows>(engine, "announce").RunAsync(new Numbers([1, 2]), Token);
        Assert.Equal(new Tally(2, "published"), result.Output<Tally>());
        Assert.Equal(["""{"orderId":"o-1","tracking":"T"}""", """{"orderId":"o-2","tracking":"T"}"""], result.Published.Select(static published => published.PayloadJson));
        Assert.All(result.Published, static published => Assert.Equal(("com.acme.order.shipped", 2), (published.Type, published.Version)));
    }

    [Theory]
    [EveryEngine("`Delay`, `Until`, the engine's time and identifiers")]
    public async Task Waits(Engine engine)
    {
        var simulator = Simulator(engine, "waits");
        var start = simulator.StartTime;
        var result = await simulator.RunAsync(new Alarm(start.AddDays(300)), Token);
        var woken = result.Output<Woken>();
        Assert.Equal((start, start.AddDays(300), "run-1"), (woken.Slept, woken.Woke, woken.Run));
        Assert.NotEqual(Guid.Empty, woken.Id);
        Assert.Equal(TimeSpan.FromDays(300), result.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(90), (await simulator.RunAsync(new Alarm(start), Token)).Elapsed); // past already
    }
}
