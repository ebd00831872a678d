using Workflows.Operations;

namespace Workflows.Tests;

/// <summary>A job that ends, fails, or takes longer than anybody wants to wait.</summary>
public sealed class LongJobTests
{
    private static readonly Job s_job = new("render", 5);
    private static readonly JobState s_running = new("running", 40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static WorkflowSimulator Simulator(Engine engine, params JobState[] states)
    {
        var simulator = WorkflowSimulator.For<LongJob>(engine);
        simulator.Step("Start").Returns("job-7");
        simulator.Step("Ask").ReturnsInTurn([.. states]);
        simulator.Step("Cancel").Returns();
        return simulator;
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_is_asked_for_until_it_is_done(Engine engine)
    {
        var result = await Simulator(engine, s_running, s_running, new JobState("done", 100)).RunAsync(s_job, Stop);

        Assert.Equal(new JobResult("job-7", "done", 3), result.Output<JobResult>());
        result.AssertCalls("Start", "Ask", "Ask", "Ask");
        Assert.Equal([1, 3, 6], result.CallsOf("Ask").Select(static call => call.At.TotalSeconds)); // each time a little later
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_that_fails_fails_the_run(Engine engine)
    {
        var result = await Simulator(engine, s_running, new JobState("failed", 71)).RunAsync(s_job, Stop);

        result.AssertFailed("JobFailed", "It failed at 71 percent.").AssertCalls("Start", "Ask", "Ask");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_job_that_takes_too_long_is_cancelled(Engine engine)
    {
        var result = await Simulator(engine, s_running).RunAsync(s_job, Stop);

        Assert.Equal(new JobResult("job-7", "cancelled", 5), result.Output<JobResult>());
        result.AssertCalls("Start", "Ask", "Ask", "Ask", "Ask", "Ask", "Cancel");
        Assert.Equal(TimeSpan.FromSeconds(15), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nobody_asks_more_than_twenty_times(Engine engine)
    {
        var result = await Simulator(engine, s_running).RunAsync(s_job with { LongestPolls = 1000 }, Stop);

        Assert.Equal("cancelled", result.Output<JobResult>().Status);
        Assert.Equal(20, result.CallsOf("Ask").Count);
        Assert.Equal(TimeSpan.FromSeconds(210), result.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_question_that_is_lost_is_asked_again(Engine engine)
    {
        var simulator = Simulator(engine, new JobState("done", 100));
        simulator.Step("Ask").Fails("Lost", times: 2);

        var result = await simulator.RunAsync(s_job, Stop);

        Assert.Equal(1, result.Output<JobResult>().Polls);
        Assert.Equal([1, 2, 3], result.CallsOf("Ask").Select(static call => call.Attempt));
    }

    [Fact]
    public async Task A_poll_stays_within_its_budget_of_transitions()
    {
        var one = await Simulator(Engine.StepFunctions, new JobState("done", 100)).RunAsync(s_job, Stop);
        var three = await Simulator(Engine.StepFunctions, s_running, s_running, new JobState("done", 100)).RunAsync(s_job, Stop);
        Assert.InRange(three.BilledTransitions - one.BilledTransitions, 1, 2 * 4); // the wait, the question and two decisions
    }
}
