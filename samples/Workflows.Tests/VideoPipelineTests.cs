using Workflows.Media;

namespace Workflows.Tests;

/// <summary>How many are rendered at a time, in what order they come back, and what stops when one fails.</summary>
public sealed class VideoPipelineTests
{
    private static readonly Video s_video = new("V-1", "v", ["1080p", "720p", "480p", "360p"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine)
    {
        var simulator = WorkflowSimulator.For<VideoPipeline>(engine);
        simulator.Step("Probe").Returns();
        simulator.Step("Transcode").Returns((string source) => new Rendition(source[2..], source, 12)).Takes(TimeSpan.FromMinutes(2));
        simulator.Step("Verify").Returns();
        simulator.Step("Thumbnail").Returns("v.jpg");
        simulator.Step("Announce").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Three_are_rendered_at_a_time_and_come_back_in_order(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Transcode").Takes((string source) => TimeSpan.FromMinutes(source == "v#1080p" ? 9 : 2)); // the first is the last to be ready

        var result = await simulator.RunAsync(s_video, Stop);

        var published = result.Output<Published>();
        Assert.Equal(s_video.Formats, published.Renditions.Select(static rendition => rendition.Format));
        Assert.Equal("v.jpg", published.Thumbnail);
        Assert.Equal([0, 0, 0, 2], result.CallsOf("Transcode").Select(static call => call.At.TotalMinutes));
        Assert.Equal(TimeSpan.FromMinutes(9), result.Elapsed);
        Assert.Equal("Announce", result.Calls[^1].Step);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_video_without_formats_is_a_thumbnail(Engine engine)
    {
        var result = await Simulator(engine).RunAsync(s_video with { Formats = [] }, Stop);

        Assert.Empty(result.Output<Published>().Renditions);
        Assert.Equal(["Announce", "Probe", "Thumbnail"], result.Calls.Select(static call => call.Step).Order());
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_rendering_that_fails_once_is_repeated(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Transcode").Fails("GpuLost");

        var result = await simulator.RunAsync(s_video with { Formats = ["720p"] }, Stop);

        Assert.Equal("720p", Assert.Single(result.Output<Published>().Renditions).Format);
        Assert.Equal([1, 2], result.CallsOf("Transcode").Select(static call => call.Attempt));
        Assert.Equal(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(1), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_that_cannot_be_rendered_stops_the_rest_before_their_next_step(Engine engine)
    {
        var simulator = Simulator(engine);
        simulator.Step("Transcode")
            .Returns((string source) => source == "v#720p" ? throw new StepFailed("BadCodec", "Not with this profile.") : new Rendition(source[2..], source, 12))
            .Takes((string source) => TimeSpan.FromMinutes(source == "v#720p" ? 1 : 5));

        var result = await simulator.RunAsync(s_video, Stop);

        result.AssertFailed("BadCodec", "Not with this profile.");
        Assert.Empty(result.CallsOf("Verify"));
        Assert.Empty(result.CallsOf("Announce"));
        Assert.Equal(4, result.CallsOf("Transcode").Count); // three began, one of them twice; the fourth format never
        Assert.DoesNotContain(result.CallsOf("Transcode"), static call => call.Input<string>() == "v#360p");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_list_that_breaks_its_contract_fails_the_run(Engine engine)
    {
        var result = await Simulator(engine).RunJsonAsync("""{"id":"V-1","url":"v","formats":null}""", Stop);

        Assert.False(result.Succeeded);
        Assert.Empty(result.CallsOf("Announce"));
    }

    [Fact]
    public async Task A_format_stays_within_its_budget_of_transitions()
    {
        var none = await Simulator(Engine.StepFunctions).RunAsync(s_video with { Formats = [] }, Stop);
        var four = await Simulator(Engine.StepFunctions).RunAsync(s_video, Stop);
        Assert.Equal(2 * 4, four.BilledTransitions - none.BilledTransitions); // a rendering and its check
        Assert.InRange(four.PayloadBytes, 1, 2048);
    }
}
