using Portable.Testing.Asl;
using static Portable.Testing.Tests.Asl.Machines;

namespace Portable.Testing.Tests.Asl;

/// <summary>Stopping at once, scopes of variables, and the service's limits.</summary>
public sealed class LimitTests
{
    private static readonly string s_end = "\"Output\":\"{% $states.result.Payload %}\",\"End\":true";

    [Fact]
    public async Task A_failed_branch_stops_its_siblings_at_once()
    {
        var script = new StepScript().FailsAlways("X", "Bad").Takes("X", TimeSpan.FromSeconds(2)).FailsAlways("Y", "Late").Takes("Y", TimeSpan.FromSeconds(50)).Returns("U", "\"undone\"");
        var branches = Of("\"X\":" + Machines.Task("X", s_end), "X") + ","
            + Of("\"Y\":" + Machines.Task("Y", "\"Retry\":[{\"ErrorEquals\":[\"Late\"]}],\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Z\"}]," + s_end) + ",\"Z\":" + Machines.Task("Z", s_end), "Y") + ","
            + Of("\"W\":{\"Type\":\"Wait\",\"Seconds\":1000,\"End\":true}", "W");
        var result = await Run(
            Of("\"A\":{\"Type\":\"Parallel\",\"Branches\":[" + branches + "],\"Catch\":[{\"ErrorEquals\":[\"Bad\"],\"Next\":\"B\"}],\"End\":true},\"B\":" + Machines.Task("U", s_end)),
            script: script);
        Assert.Equal("\"undone\"", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Elapsed);
        Assert.Equal(["X", "Y", "U"], result.Calls.Select(static call => call.Name));
    }

    [Fact]
    public async Task A_failed_item_stops_running_ones_and_starts_no_more()
    {
        var script = new StepScript().Fails("S", 1, "Bad").Returns("S", "1").Takes("S", TimeSpan.FromSeconds(3));
        var result = await Run(
            Of("\"A\":{\"Type\":\"Map\",\"Items\":[1,2,3,4],\"MaxConcurrency\":2,\"ItemProcessor\":" + Of("\"S\":" + Machines.Task("S", s_end), "S") + ",\"End\":true}"),
            script: script);
        Assert.Equal("Bad", result.Error!.Code);
        Assert.Equal(2, result.CallsOf("S"));
    }

    [Theory]
    [InlineData("\"Assign\":{\"a\":2}", "a")]
    [InlineData("\"Assign\":{\"late\":2}", "late")]
    public void A_branch_assigns_no_name_of_the_scope_around_it(string assign, string name)
    {
        var definition = Of("\"A\":{\"Type\":\"Pass\",\"Assign\":{\"a\":1},\"Next\":\"P\"},\"P\":{\"Type\":\"Parallel\",\"Branches\":["
            + Of("\"X\":{\"Type\":\"Pass\"," + assign + ",\"End\":true}", "X") + "],\"Next\":\"L\"},\"L\":{\"Type\":\"Pass\",\"Assign\":{\"late\":1},\"End\":true}");
        var error = Assert.Throws<AslDefinitionException>(() => AslSimulator.Parse(definition));
        Assert.Equal("X", error.Place);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_have_variables_of_their_own_and_read_those_around_them()
    {
        var branch = "\"{0}\":{{\"Type\":\"Pass\",\"Assign\":{{\"mine\":\"{{% $a + {1} %}}\"}},\"Next\":\"{0}2\"}},\"{0}2\":{{\"Type\":\"Pass\",\"Output\":\"{{% $mine %}}\",\"End\":true}}";
        var result = await Run(Of("\"A\":{\"Type\":\"Pass\",\"Assign\":{\"a\":1},\"Next\":\"P\"},\"P\":{\"Type\":\"Parallel\",\"Branches\":["
            + Of(string.Format(System.Globalization.CultureInfo.InvariantCulture, branch, "X", 1), "X") + "," + Of(string.Format(System.Globalization.CultureInfo.InvariantCulture, branch, "Y", 2), "Y")
            + "],\"Output\":[\"{% $states.result %}\",\"{% $exists($mine) %}\"],\"End\":true}"));
        Assert.Equal("[[2,3],false]", result.Output);
    }

    [Theory]
    [InlineData("\"TimeoutSeconds\":10,", false)]
    [InlineData("", true)]
    public async Task A_machine_is_stopped_when_its_time_is_over(string limit, bool express)
    {
        var result = await Run(Of("\"A\":{\"Type\":\"Wait\",\"Seconds\":1000,\"End\":true}", more: limit), options: new AslOptions { Express = express });
        Assert.Equal("States.Timeout", result.Error!.Code);
        Assert.Equal(TimeSpan.FromSeconds(express ? 300 : 10), result.Elapsed);
    }

    [Fact]
    public async Task A_machine_may_use_all_of_its_time()
    {
        var result = await Run(Of("\"A\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}", more: "\"TimeoutSeconds\":10,"));
        Assert.True(result.Succeeded);
    }

    [Theory]
    [InlineData("arn:aws:states:::lambda:invoke.waitForTaskToken")]
    [InlineData("arn:aws:states:::states:startExecution.sync:2")]
    public async Task Express_has_no_tokens_and_no_children(string resource)
    {
        var simulator = AslSimulator.Parse(Of("\"P\":{\"Type\":\"Parallel\",\"Branches\":[" + Of($"\"A\":{{\"Type\":\"Task\",\"Resource\":\"{resource}\",\"End\":true}}") + "],\"End\":true}", "P"));
        var error = await Assert.ThrowsAsync<AslDefinitionException>(async () => await simulator.RunAsync("{}", AslTasks.FromSteps(new StepScript().Handler), new AslOptions { Express = true }, Token));
        Assert.Equal("A", error.Place);
    }

    [Fact]
    public async Task Retries_are_billed_as_transitions_and_Express_bills_none()
    {
        var script = new StepScript().Fails("S", 2, "Busy").Returns("S", "1");
        var definition = Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}],\"Next\":\"B\"") + ",\"B\":{\"Type\":\"Succeed\"}");
        var standard = await Run(definition, script: script);
        Assert.Equal(4, standard.BilledTransitions);
        script.Reset();
        Assert.Equal(0, (await Run(definition, script: script, options: new AslOptions { Express = true })).BilledTransitions);
    }

    [Fact]
    public async Task History_events_are_counted_as_recorded_executions_show_them()
    {
        // ExecutionStarted, TaskStateEntered, TaskScheduled, TaskStarted, TaskSubmitted, TaskSucceeded, TaskStateExited, ExecutionSucceeded.
        var child = AslSimulator.Parse(Of("\"X\":{\"Type\":\"Succeed\"}", "X"));
        var result = await Run(
            Of("\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"Arguments\":{\"StateMachineArn\":\"${C}\"},\"End\":true}"),
            options: new AslOptions { Children = new Dictionary<string, AslSimulator> { ["C"] = child } });
        Assert.Equal(8, result.HistoryEvents);
        Assert.Equal(4, result.Children[0].Result.HistoryEvents);
    }

    [Fact]
    public async Task An_execution_ends_when_its_history_is_full()
    {
        var result = await Run(
            Of("\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"}"), options: new AslOptions { MaxTransitions = 100_000 });
        Assert.Equal("States.Runtime", result.Error!.Code);
        Assert.Contains("25000", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_payload_is_reported()
    {
        var result = await Run(Of("\"A\":{\"Type\":\"Pass\",\"Output\":\"{% $pad('', 1000, 'x') %}\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Output\":1,\"End\":true}"));
        Assert.Equal((1002, 262_144), (result.LargestPayloadBytes, result.PayloadLimitBytes));
    }

    [Theory]
    [InlineData("\"A\":{\"Type\":\"Map\",\"ItemBatcher\":{},\"ItemProcessor\":{},\"End\":true}", "distributed")]
    [InlineData("\"A\":{\"Type\":\"Map\",\"ToleratedFailureCount\":1,\"ItemProcessor\":{},\"End\":true}", "distributed")]
    [InlineData("\"A\":{\"Type\":\"Succeed\",\"Assign\":{\"a\":1}}", "Assign")]
    [InlineData("\"A\":{\"Type\":\"Fail\",\"Output\":1}", "Output")]
    [InlineData("\"A\":{\"Type\":\"Task\",\"Resource\":\"r\",\"HeartbeatSeconds\":10,\"TimeoutSeconds\":10,\"End\":true}", "smaller")]
    [InlineData("\"A\":{\"Type\":\"Wait\",\"Seconds\":1,\"Timestamp\":\"2026-01-01T00:00:00Z\",\"End\":true}", "either")]
    public void What_the_language_does_not_have_is_an_error_with_its_place(string states, string message)
    {
        var error = Assert.Throws<AslDefinitionException>(() => AslSimulator.Parse(Of(states)));
        Assert.Equal("A", error.Place);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_has_at_most_one_megabyte() =>
        Assert.Throws<AslDefinitionException>(static () => AslSimulator.Parse(Of("\"A\":{\"Type\":\"Succeed\",\"Comment\":\"" + new string('x', 1024 * 1024) + "\"}")));

    [Fact]
    public async Task Substitutions_stand_for_what_is_deployed()
    {
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Pass\",\"Output\":[\"${One}\",\"${Two}\"],\"End\":true}"), new Dictionary<string, string> { ["One"] = "say \"1\"" });
        var result = await simulator.RunAsync("{}", AslTasks.FromSteps(new StepScript().Handler), cancellationToken: Token);
        Assert.Equal("""["say \"1\"","${Two}"]""", result.Output);
    }
}
