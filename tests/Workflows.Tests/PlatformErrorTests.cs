using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Testing.Asl;
using Portable.Testing.GoogleWorkflows;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>Errors that are none of a step's own become failures with a code all the same.</summary>
public sealed class PlatformErrorTests
{
    private const string Order = """{"id":"o1","tags":[]}""";

    public static TheoryData<string, string> Answers => new()
    {
        { "refused", "ConnectionError" },
        { "500", "Http500" },
        { "503", "Http503" },
        { "504", "Timeout" },
        { "408", "Timeout" },
        { "slow", "Timeout" },
        { "422 text", "Http422" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Google_Workflows(string answer, string code)
    {
        var result = await GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(Compiled.Case("pass-on"))!).RunAsync(
            Order,
            (_, _) => new ValueTask<GoogleHttpReply>(answer switch
            {
                "refused" => GoogleHttpReply.ConnectionError("nobody there"),
                "slow" => GoogleHttpReply.Response(200, "null", duration: TimeSpan.FromHours(1)),
                "422 text" => GoogleHttpReply.Response(422, "no JSON", "text/plain"),
                _ => GoogleHttpReply.Response(int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture), """{"error":"x"}"""),
            }),
            new GoogleWorkflowOptions { Environment = new Dictionary<string, string> { ["PORTABLE_STEPS_URL"] = "https://steps.example", ["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1" } },
            TestContext.Current.CancellationToken);
        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(code, result.Error?.Failure?.Code);
    }

    [Theory]
    [InlineData("Lambda.TooManyRequestsException", "Rate exceeded", "Lambda.TooManyRequestsException")]
    [InlineData("Sandbox.Timedout", """{"errorMessage":"Task timed out after 3.00 seconds"}""", "Timeout")]
    [InlineData("States.Timeout", "", "Timeout")]
    public async Task Step_Functions(string error, string cause, string code)
    {
        var result = await AslSimulator.Parse(AslEmitter.Emit(Compiled.Case("pass-on"))!)
            .RunAsync(Order, (_, _) => new ValueTask<AslTaskResult>(AslTaskResult.Failure(error, cause)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(code, result.Error?.Failure?.Code);
    }
}
