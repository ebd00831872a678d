using Portable.Runtime;

namespace Portable.Testing.Tests;

/// <summary>Fault scripts, and finding a failure in what an engine reports.</summary>
public sealed class StepScriptTests
{
    [Fact]
    public async Task Faults_come_first_and_in_order_and_start_again_after_a_reset()
    {
        var script = new StepScript().Fails("S", 1, "A").Fails("S", 2, "B", "why", "{}").Returns("S", "1");
        for (var round = 0; round < 2; round++)
        {
            List<string> seen = [];
            for (var i = 0; i < 5; i++)
            {
                var reply = await script.Handler(new StepInvocation("S", "null", i + 1));
                seen.Add(reply.Failure?.Code ?? reply.Output!);
            }

            Assert.Equal(["A", "B", "B", "1", "1"], seen);
            script.Reset();
        }
    }

    [Fact]
    public async Task What_the_script_does_not_say_is_an_error()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new StepScript().Handler(new StepInvocation("S", "null", 1)));
        var onlyFaults = new StepScript().Fails("S", 1, "A");
        await onlyFaults.Handler(new StepInvocation("S", "null", 1));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await onlyFaults.Handler(new StepInvocation("S", "null", 2)));
    }

    [Theory]
    [InlineData("plain", null)]
    [InlineData("", null)]
    [InlineData("{\"code\":404,\"message\":\"m\"}", null)]
    [InlineData("{\"tags\":[\"HttpError\"]}", null)]
    [InlineData("StepFailed: {\"code\":\"C\",\"message\":\"m: x\",\"data\":null}", "C")]
    [InlineData("{\"errorType\":\"C\",\"errorMessage\":\"{\\\"code\\\":\\\"C\\\",\\\"message\\\":\\\"m\\\",\\\"data\\\":null}\"}", "C")]
    [InlineData("{\"message\":\"m\",\"data\":null,\"code\":\"C\"}", "C")]
    public void A_failure_is_found_wherever_the_engine_put_it(string text, string? code)
    {
        Assert.Equal(code, new SimulationError("E", text).Failure?.Code);
        Assert.Equal(code, new SimulationError("E", "other", text).Failure?.Code);
    }

    [Fact]
    public void A_failure_survives_its_way_through_text()
    {
        var failure = new StepFailure("C", "a: b \"c\"\n\u00e9", "{\"n\": 9007199254740993}");
        Assert.Equal(failure, new SimulationError("E", "prefix: " + failure.ToJson()).Failure);
    }
}
