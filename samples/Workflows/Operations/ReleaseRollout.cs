namespace Workflows.Operations;

/// <summary>A release goes to the canary region, and to the others when it has stood there. Every region is a workflow of its own, which takes the release back when it is not well.</summary>
public sealed class ReleaseRollout
{
    private const int WorstPerMille = 10;

    [Workflow("release-rollout")]
    public async Task<Rollout> Run(IWorkflow flow, Release release)
    {
        await flow.Child(Deploy, new RegionRelease(release.Version, release.SoakMinutes, release.Canary));

        var regions = await flow.TryMap(
            release.Regions,
            async region => await flow.Child(Deploy, new RegionRelease(release.Version, release.SoakMinutes, region)),
            maxConcurrency: 2);

        var live = 1;
        List<string> refused = [];
        foreach (var region in regions)
        {
            if (region.Failure is null)
            {
                live++;
            }
            else
            {
                refused.Add(region.Failure.Message);
            }
        }

        await flow.Publish(new ReleaseRolledOut(release.Version, live, refused.Count));
        return new Rollout(release.Version, live, refused);
    }

    [Workflow("region-release", CompensateOnFailure = true)]
    public async Task<RegionState> Deploy(IWorkflow flow, RegionRelease release)
    {
        await flow.Step(Install, release);
        await flow.Step(ShiftTraffic, release);
        await flow.Delay(TimeSpan.FromMinutes(release.SoakMinutes));
        var health = await flow.Step(Measure, release.Region);
        if (health.FailedPerMille > WorstPerMille)
        {
            throw new StepFailed("Unhealthy", $"{release.Region} failed {health.FailedPerMille} of a thousand requests.");
        }

        return new RegionState(release.Region, release.Version, health.Requests);
    }

    [Step(TimeoutSeconds = 300, HeartbeatSeconds = 30), Retry(MaxAttempts = 2), Compensate(nameof(Uninstall))]
    public Task Install(RegionRelease release) => Task.CompletedTask;

    [Step, Compensate(nameof(RestoreTraffic))]
    public Task ShiftTraffic(RegionRelease release) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 3, IntervalSeconds = 10)]
    public Task<Health> Measure(string region) => Task.FromResult(region == "south" ? new Health(1000, 25) : new Health(1000, 2));

    [Step, Retry(MaxAttempts = 5, IntervalSeconds = 1)]
    public Task RestoreTraffic(RegionRelease release) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 5, IntervalSeconds = 1)]
    public Task Uninstall(RegionRelease release) => Task.CompletedTask;
}
