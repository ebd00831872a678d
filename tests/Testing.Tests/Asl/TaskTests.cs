using Portable.Testing.Asl;
using static Portable.Testing.Tests.Asl.Machines;

namespace Portable.Testing.Tests.Asl;

/// <summary>Tasks, retriers, catchers and timeouts.</summary>
public sealed class TaskTests
{
    private static readonly string s_end = "\"Output\":\"{% $states.result.Payload %}\",\"End\":true";

    [Fact]
    public async Task A_lambda_gets_the_payload_and_gives_its_result_under_Payload()
    {
        var script = new StepScript().Answers("Price", static input => $$"""{"got":{{input}}}""");
        var result = await Run(Of("\"A\":" + Machines.Task("Price", s_end)), """{"n":1}""", script);
        Assert.Equal("""{"got":{"n":1}}""", result.Output);
        var call = Assert.Single(result.Calls);
        Assert.Equal(("Price", """{"n":1}""", 1), (call.Name, call.Input, call.Attempt));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 3, 3)]
    [InlineData(3, 4, 7)]
    public async Task MaxAttempts_counts_retries_and_delays_double(int faults, int calls, int seconds)
    {
        var script = new StepScript().Fails("S", faults, "Busy").Returns("S", "1");
        var result = await Run(Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"MaxAttempts\":3}]," + s_end)), script: script);
        Assert.True(result.Succeeded);
        Assert.Equal(calls, result.CallsOf("S"));
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
        Assert.Equal(calls, result.Transitions);
    }

    [Fact]
    public async Task Exhausted_retries_fail_with_code_and_cause_as_lambda_reports_them()
    {
        var script = new StepScript().FailsAlways("S", "Busy", "later", "{\"a\":1}");
        var result = await Run(Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"Busy\"],\"MaxAttempts\":2,\"IntervalSeconds\":10,\"BackoffRate\":3,\"MaxDelaySeconds\":20}]," + s_end)), script: script);
        Assert.Equal(3, result.CallsOf("S"));
        Assert.Equal(TimeSpan.FromSeconds(30), result.Elapsed);
        Assert.Equal("Busy", result.Error!.Code);
        Assert.Equal(new Portable.Runtime.StepFailure("Busy", "later", "{\"a\":1}"), result.Error.Failure);
        Assert.StartsWith("{\"errorType\":\"Busy\",\"errorMessage\":\"{", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_retrier_counts_for_itself_and_only_the_first_match_is_asked()
    {
        var script = new StepScript().Fails("S", 1, "A").Fails("S", 1, "B").Fails("S", 1, "A").Returns("S", "1");
        var result = await Run(Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":1},{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":5}]," + s_end)), script: script);
        Assert.Equal("A", result.Error!.Code);
        Assert.Equal(3, result.CallsOf("S"));
    }

    [Fact]
    public async Task An_error_without_a_retrier_is_not_retried()
    {
        var script = new StepScript().FailsAlways("S", "Other");
        var result = await Run(Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}]," + s_end)), script: script);
        Assert.Equal(1, result.CallsOf("S"));
    }

    [Theory]
    [InlineData("States.TaskFailed", false)]
    [InlineData("States.Timeout", true)]
    [InlineData("States.ALL", true)]
    public async Task TaskFailed_does_not_match_a_timeout(string pattern, bool caught)
    {
        var script = new StepScript().Returns("S", "1").Takes("S", TimeSpan.FromSeconds(11));
        var result = await Run(Of("\"A\":" + Machines.Task("S", $"\"TimeoutSeconds\":10,\"Catch\":[{{\"ErrorEquals\":[\"{pattern}\"],\"Next\":\"B\",\"Output\":\"{{% $exists($states.errorOutput.Cause) %}}\"}}]," + s_end) + ",\"B\":{\"Type\":\"Succeed\"}"), script: script);
        Assert.Equal(TimeSpan.FromSeconds(10), result.Elapsed);
        Assert.Equal(caught ? "false" : null, result.Output);
        Assert.Equal(caught ? null : "States.Timeout", result.Error?.Code);
    }

    [Fact]
    public async Task A_catcher_sees_the_error_and_can_assign()
    {
        var script = new StepScript().FailsAlways("S", "CardDeclined", "no");
        var result = await Run(
            Of("\"A\":" + Machines.Task("S", "\"Catch\":[{\"ErrorEquals\":[\"CardDeclined\"],\"Next\":\"B\",\"Assign\":{\"failure\":\"{% $parse($parse($states.errorOutput.Cause).errorMessage) %}\"}}]," + s_end) + """
            ,"B":{"Type":"Pass","Output":["{% $failure.code %}","{% $failure.message %}","{% $failure.data %}","{% $states.input.Error %}"],"End":true}
            """),
            script: script);
        Assert.Equal("""["CardDeclined","no",null,"CardDeclined"]""", result.Output);
    }

    [Fact]
    public async Task A_query_error_in_a_task_can_be_caught()
    {
        var result = await Run(Of("""
            "A":{"Type":"Task","Resource":"r","Arguments":"{% $states.input.nope %}","End":true,"Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Next":"B","Output":"caught"}]},
            "B":{"Type":"Succeed"}
            """));
        Assert.Equal("\"caught\"", result.Output);
        Assert.Empty(result.Calls);
    }

    [Fact]
    public async Task RetryCount_is_known_to_the_arguments()
    {
        List<string> seen = [];
        var simulator = AslSimulator.Parse(Of("""
            "A":{"Type":"Task","Resource":"r","Arguments":{"attempt":"{% $states.context.State.RetryCount + 1 %}"},"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":2}],"End":true}
            """));
        var result = await simulator.RunAsync(
            "1",
            (task, _) =>
            {
                seen.Add(task.Arguments);
                return new ValueTask<AslTaskResult>(seen.Count < 3 ? AslTaskResult.Failure("E", "c") : AslTaskResult.Success("true"));
            },
            cancellationToken: Token);
        Assert.Equal("true", result.Output);
        Assert.Equal(["""{"attempt":1}""", """{"attempt":2}""", """{"attempt":3}"""], seen);
        Assert.Equal([1, 2, 3], result.Calls.Select(static call => call.Attempt));
    }

    [Theory]
    [InlineData(null, "0.5")]
    [InlineData("Timeout", "\"States.Timeout\"")]
    [InlineData("InferenceFailed", "\"SageMakerRuntime.ModelErrorException\"")]
    public async Task An_endpoint_is_called_directly(string? code, string output)
    {
        var script = new StepScript().Answers("ScoreRisk", static input => $"{{\"risk\":0.5,\"for\":{input}}}");
        if (code is not null)
        {
            script.FailsAlways("ScoreRisk", code);
        }

        var simulator = AslSimulator.Parse(Of("""
            "A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint","Arguments":{"EndpointName":"${RiskModelEndpoint}","ContentType":"application/json","Body":{"id":"{% $states.input.id %}"}},
                 "Output":"{% $parse($states.result.Body).risk %}","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B","Output":"{% $states.errorOutput.Error %}"}],"End":true},
            "B":{"Type":"Succeed"}
            """));
        var result = await simulator.RunAsync("""{"id":7}""", AslTasks.FromSteps(script.Handler, new Dictionary<string, string> { ["${RiskModelEndpoint}"] = "ScoreRisk" }), cancellationToken: Token);
        Assert.Equal(output, result.Output);
        Assert.Equal("""{"id":7}""", Assert.Single(result.Calls).Input);
        Assert.Equal(code, result.Calls[0].Failure?.Code);
    }

    [Fact]
    public async Task Parallel_branches_take_the_time_of_the_longest_and_keep_their_order()
    {
        var script = new StepScript().Returns("X", "\"x\"").Takes("X", TimeSpan.FromSeconds(5)).Returns("Y", "\"y\"").Takes("Y", TimeSpan.FromSeconds(3));
        var result = await Run(Of("\"A\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + Of("\"X\":" + Machines.Task("X", s_end), "X") + "," + Of("\"Y\":" + Machines.Task("Y", s_end), "Y") + "]}"), script: script);
        Assert.Equal("""["x","y"]""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(5), result.Elapsed);
    }

    [Fact]
    public async Task Parallel_fails_fast_and_siblings_stop_between_states()
    {
        var script = new StepScript().FailsAlways("X", "Bad").Takes("X", TimeSpan.FromSeconds(2)).Returns("Y1", "1").Takes("Y1", TimeSpan.FromSeconds(5)).Returns("Y2", "1");
        var branches = Of("\"X\":" + Machines.Task("X", s_end), "X") + "," + Of("\"Y1\":" + Machines.Task("Y1", "\"Next\":\"Y2\"") + ",\"Y2\":" + Machines.Task("Y2", s_end), "Y1");
        var result = await Run(Of("\"A\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + branches + "]}"), script: script);
        Assert.Equal("Bad", result.Error!.Code);
        Assert.Equal(0, result.CallsOf("Y2"));
        Assert.Equal(1, result.CallsOf("Y1"));
    }

    [Fact]
    public async Task Map_runs_items_with_limited_concurrency_and_keeps_their_order()
    {
        var script = new StepScript().Answers("S", static input => input).Takes("S", TimeSpan.FromSeconds(1));
        var result = await Run(
            Of("\"A\":{\"Type\":\"Map\",\"Items\":\"{% $states.input %}\",\"MaxConcurrency\":2,\"ItemSelector\":[\"{% $states.context.Map.Item.Index %}\",\"{% $states.context.Map.Item.Value %}\"],\"ItemProcessor\":" + Of("\"S\":" + Machines.Task("S", s_end), "S") + ",\"End\":true}"),
            "[\"a\",\"b\",\"c\"]",
            script);
        Assert.Equal("""[[0,"a"],[1,"b"],[2,"c"]]""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Elapsed);
    }

    [Fact]
    public async Task The_same_run_twice_gives_the_same_record()
    {
        var script = new StepScript().Fails("S", 2, "Busy").Returns("S", "1").Takes("S", TimeSpan.FromSeconds(1));
        var definition = Of("\"A\":" + Machines.Task("S", "\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}]," + s_end));
        var first = await Run(definition, script: script);
        script.Reset();
        var second = await Run(definition, script: script);
        Assert.Equal(first.Calls, second.Calls);
        Assert.Equal(first.Elapsed, second.Elapsed);
    }
}
