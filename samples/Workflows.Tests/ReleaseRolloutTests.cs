using Workflows.Operations;

namespace Workflows.Tests;

/// <summary>Workflows that run workflows: in order, side by side, some of them in vain; and a region by itself.</summary>
public sealed class ReleaseRolloutTests
{
    private static readonly Release s_release = new("1.4.0", 30, "north", ["east", "south", "west"]);
    private static readonly Health s_well = new(1000, 10);
    private static readonly Health s_ill = new(1000, 11);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine, string workflow = "release-rollout", string ill = "")
    {
        var simulator = WorkflowSimulator.For<ReleaseRollout>(engine, workflow);
        simulator.Step("Install").Returns().Takes(TimeSpan.FromMinutes(2));
        simulator.Step("ShiftTraffic").Returns();
        simulator.Step("Measure").Returns((string region) => region == ill ? s_ill : s_well);
        simulator.Step("RestoreTraffic").Returns();
        simulator.Step("Uninstall").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_canary_goes_first_and_the_others_two_at_a_time(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_release, Stop);

        var rollout = result.Output<Rollout>();
        Assert.Equal(4, rollout.Live);
        Assert.Empty(rollout.Refused);
        Assert.Equal(["north", "east", "south", "west"], result.Children.Select(static child => child.Result.CallsOf("Install")[0].Input<RegionRelease>().Region));
        Assert.Equal([0, 32, 32, 64], result.Children.Select(static child => child.At.TotalMinutes));
        Assert.Equal(TimeSpan.FromMinutes(96), result.Elapsed);
        var published = Assert.Single(result.Published);
        Assert.Equal(("com.acme.release.rolled-out", """{"version":"1.4.0","live":4,"refused":0}"""), (published.Type, published.PayloadJson));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_canary_that_is_not_well_ends_the_rollout(Engine engine)
    {
        var result = await Simulator(engine, ill: "north").RunAsync(s_release, Stop);

        result.AssertFailed("Unhealthy", "north failed 11 of a thousand requests.");
        Assert.Single(result.Children).Result.AssertCompensations("RestoreTraffic", "Uninstall");
        Assert.Empty(result.Published);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_region_that_is_not_well_keeps_nobody_else(Engine engine)
    {
        var result = await Simulator(engine, ill: "south").RunAsync(s_release, Stop);

        var rollout = result.Output<Rollout>();
        Assert.Equal((3, "south failed 11 of a thousand requests."), (rollout.Live, Assert.Single(rollout.Refused)));
        Assert.Equal([0, 0, 2, 0], result.Children.Select(static child => child.Result.Compensations.Count));
        Assert.Equal("""{"version":"1.4.0","live":3,"refused":1}""", Assert.Single(result.Published).PayloadJson);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Regions_can_be_answered_without_running_them(Engine engine)
    {
        var simulator = WorkflowSimulator.For<ReleaseRollout>(engine, "release-rollout");
        simulator.Child("region-release").Fails("NoPermission").Returns((RegionRelease release) => new RegionState(release.Region, release.Version, 1));

        (await simulator.RunAsync(s_release, Stop)).AssertFailed("NoPermission");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_region_takes_back_what_it_did(Engine engine)
    {
        var simulator = Simulator(engine, "region-release");
        simulator.Step("Measure").FailsAlways("NoMetrics");
        simulator.Step("RestoreTraffic").Fails("RouterBusy");

        var result = await simulator.RunAsync(new RegionRelease("1.4.0", 30, "east"), Stop);

        result.AssertFailed("NoMetrics").AssertCalls("Install", "ShiftTraffic", "Measure", "Measure", "Measure", "RestoreTraffic", "RestoreTraffic", "Uninstall");
        Assert.Equal(TimeSpan.FromMinutes(2 + 30) + TimeSpan.FromSeconds(10 + 20 + 1), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_installation_that_hangs_is_given_up_after_two_attempts(Engine engine)
    {
        var simulator = Simulator(engine, "region-release");
        simulator.Step("Install").Takes(TimeSpan.FromHours(1));

        var result = await simulator.RunAsync(new RegionRelease("1.4.0", 30, "east"), Stop);

        result.AssertFailed("Timeout").AssertCalls("Install", "Install").AssertCompensations();
    }

    [Fact]
    public async Task A_region_stays_within_its_budget_of_transitions()
    {
        var result = await Simulator(Engine.StepFunctions, "region-release").RunAsync(new RegionRelease("1.4.0", 30, "east"), Stop);
        Assert.InRange(result.BilledTransitions, 1, 6);
    }
}
