using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Testing;
using Portable.Testing.Asl;
using Portable.Testing.GoogleWorkflows;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>A retry policy counts and waits alike everywhere, and a step is told which call it is.</summary>
public sealed class WaitTests
{
    private const string Quote = """{"orderId":"o","totalCents":1,"weight":1,"insured":false}""";

    // First wait 2 s, then 3, then 4.5 cut to the policy's longest of 4.
    private static readonly double[] Times = [0, 2, 5, 9];

    [Fact]
    public async Task Step_Functions()
    {
        var result = await AslSimulator.Parse(AslEmitter.Emit(Compiled.Case("retry-all"))!)
            .RunAsync(Quote, Testing.Asl.AslTasks.FromSteps(Script().Handler), cancellationToken: TestContext.Current.CancellationToken);
        Waits(result);
        Assert.Equal("X", result.Error?.Failure?.Code);
    }

    [Fact]
    public async Task Google_Workflows()
    {
        var environment = new Dictionary<string, string> { ["PORTABLE_STEPS_URL"] = "https://steps.example", ["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1" };
        var result = await GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(Compiled.Case("retry-all"))!)
            .RunAsync(Quote, GoogleHttp.FromSteps(Script().Handler), new GoogleWorkflowOptions { Environment = environment }, TestContext.Current.CancellationToken);
        Waits(result);
        Assert.Equal("X", result.Error?.Failure?.Code);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_a_timeout_on_both()
    {
        var script = Script().Fails("Charge", 0, "X").Takes("Charge", TimeSpan.FromMinutes(1));
        var asl = await AslSimulator.Parse(AslEmitter.Emit(Compiled.Case("retry-all"))!)
            .RunAsync(Quote, Testing.Asl.AslTasks.FromSteps(script.Handler), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("Timeout", asl.Error?.Failure?.Code);
        Assert.Equal(4, asl.CallsOf("Charge"));

        script.Reset();
        var environment = new Dictionary<string, string> { ["PORTABLE_STEPS_URL"] = "https://steps.example", ["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1" };
        var google = await GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(Compiled.Case("retry-all"))!)
            .RunAsync(Quote, GoogleHttp.FromSteps(script.Handler), new GoogleWorkflowOptions { Environment = environment }, TestContext.Current.CancellationToken);
        Assert.Equal("Timeout", google.Error?.Failure?.Code);
        Assert.Equal(4, google.CallsOf("Charge"));
    }

    private static StepScript Script() => new StepScript().Returns("Log", "null").Returns("Charge", "null").FailsAlways("Charge", "X");

    private static void Waits(SimulationResult result)
    {
        var calls = result.Calls.Where(call => call.Name == "Charge").ToList();
        Assert.Equal(Times, calls.Select(call => call.At.TotalSeconds));
        Assert.Equal([1, 2, 3, 4], calls.Select(call => call.Attempt));
    }
}
