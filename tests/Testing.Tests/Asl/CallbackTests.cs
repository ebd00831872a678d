using System.Text.Json;
using Portable.Testing.Asl;
using static Portable.Testing.Tests.Asl.Machines;

namespace Portable.Testing.Tests.Asl;

/// <summary>Tasks that wait for their token, executions of other machines, and published events.</summary>
public sealed class CallbackTests
{
    private const string WaitForApproval =
        "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\",\"Arguments\":{\"FunctionName\":\"steps\",\"Payload\":"
        + "{\"event\":\"approval\",\"run\":\"{% $states.context.Execution.Name %}\",\"token\":\"{% $states.context.Task.Token %}\"}},\"TimeoutSeconds\":3600,\"Output\":\"{% $states.result.granted %}\",";

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(3600)]
    public async Task An_event_ends_the_task_with_its_payload(int seconds)
    {
        var result = await Run(Of(WaitForApproval + "\"End\":true}"), options: With(new ScriptedEvent("approval", """{"granted":true}""", TimeSpan.FromSeconds(seconds))));
        Assert.Equal("true", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
        Assert.Empty(result.Calls);
    }

    [Fact]
    public async Task An_event_that_comes_too_late_is_a_timeout_and_waits_for_the_next()
    {
        var again = WaitForApproval.Replace("\"A\":", "\"B\":", StringComparison.Ordinal);
        var result = await Run(
            Of(WaitForApproval + "\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"W\"}],\"End\":true},\"W\":{\"Type\":\"Wait\",\"Seconds\":100,\"Next\":\"B\"}," + again + "\"End\":true}"),
            options: With(new ScriptedEvent("approval", """{"granted":1}""", TimeSpan.FromSeconds(3601)), new ScriptedEvent("approval", """{"granted":2}""", TimeSpan.FromSeconds(3602))));
        Assert.Equal("1", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(3700), result.Elapsed);
    }

    [Fact]
    public async Task Nobody_ends_a_wait_without_a_timeout_and_that_is_said()
    {
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"Arguments\":{\"t\":\"{% $states.context.Task.Token %}\"},\"End\":true}"));
        var error = await Assert.ThrowsAsync<SimulationLimitException>(async () => await simulator.RunAsync("{}", static (_, _) => new ValueTask<AslTaskResult>(AslTaskResult.Success("{}")), cancellationToken: Token));
        Assert.Contains("the token of 'A'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("States.HeartbeatTimeout", true)]
    [InlineData("States.Timeout", true)]
    [InlineData("States.ALL", true)]
    [InlineData("States.TaskFailed", false)]
    public async Task Heartbeats_keep_a_task_alive_and_a_missed_one_is_a_timeout(string pattern, bool caught)
    {
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"Arguments\":{\"t\":\"{% $states.context.Task.Token %}\"},\"HeartbeatSeconds\":5,\"TimeoutSeconds\":600,"
            + $"\"Catch\":[{{\"ErrorEquals\":[\"{pattern}\"],\"Next\":\"B\",\"Output\":\"{{% $states.errorOutput.Error %}}\"}}],\"End\":true}},\"B\":{{\"Type\":\"Succeed\"}}"));
        var result = await simulator.RunAsync(
            "{}",
            static (task, _) =>
            {
                task.Token!.Heartbeat(TimeSpan.FromSeconds(4));
                task.Token.Heartbeat(TimeSpan.FromSeconds(8));
                task.Token.Succeed("true", TimeSpan.FromSeconds(14));
                return new ValueTask<AslTaskResult>(AslTaskResult.Success("{}"));
            },
            cancellationToken: Token);
        Assert.Equal(TimeSpan.FromSeconds(13), result.Elapsed);
        Assert.Equal(caught ? "\"States.Timeout\"" : null, result.Output);
        Assert.Equal(caught ? null : "States.Timeout", result.Error?.Code);
    }

    [Fact]
    public async Task A_failed_token_is_retried_with_a_new_token()
    {
        List<string> tokens = [];
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"Arguments\":{\"t\":\"{% $states.context.Task.Token %}\"},\"Retry\":[{\"ErrorEquals\":[\"Busy\"]}],\"End\":true}"));
        var result = await simulator.RunAsync(
            "{}",
            (task, _) =>
            {
                using var arguments = JsonDocument.Parse(task.Arguments);
                tokens.Add(arguments.RootElement.GetProperty("t").GetString()!);
                if (tokens.Count == 1)
                {
                    task.Token!.Fail("Busy", "later", TimeSpan.FromSeconds(2));
                    task.Token.Succeed("1", TimeSpan.FromSeconds(3));
                }
                else
                {
                    task.Token!.Succeed("2", TimeSpan.FromSeconds(5));
                }

                return new ValueTask<AslTaskResult>(AslTaskResult.Success("{}"));
            },
            cancellationToken: Token);
        Assert.Equal("2", result.Output);
        Assert.Equal(2, tokens.Distinct().Count());
        Assert.Equal(TimeSpan.FromSeconds(8), result.Elapsed);
    }

    [Fact]
    public async Task A_step_that_waits_with_a_token_beats_while_it_runs()
    {
        var definition = Of("\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\",\"Arguments\":{\"FunctionName\":\"steps\",\"Payload\":{\"step\":\"Render\",\"input\":7,\"token\":\"{% $states.context.Task.Token %}\"}},\"HeartbeatSeconds\":10,\"End\":true}");
        var result = await Run(definition, script: new StepScript().Answers("Render", static input => input).Takes("Render", TimeSpan.FromMinutes(5)));
        Assert.Equal("7", result.Output);
        Assert.Equal(("Render", "7", "7"), (result.Calls[0].Name, result.Calls[0].Input, result.Calls[0].Output));
        Assert.Equal(TimeSpan.FromMinutes(5), result.Elapsed);
        var failed = await Run(definition, script: new StepScript().FailsAlways("Render", "Broken", "glass"));
        Assert.Equal(new Portable.Runtime.StepFailure("Broken", "glass", null), failed.Error!.Failure);
    }

    private static string Child(string arn) =>
        "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"Arguments\":{\"StateMachineArn\":\"" + arn + "\",\"Input\":{\"n\":\"{% $states.input %}\"}},";

    [Fact]
    public async Task A_child_runs_with_the_input_and_describes_itself()
    {
        var child = AslSimulator.Parse(Of("\"X\":" + Machines.Task("Ship", "\"Output\":\"{% $states.result.Payload %}\",\"End\":true"), "X"));
        var script = new StepScript().Answers("Ship", static input => input).Takes("Ship", TimeSpan.FromSeconds(30));
        var result = await Run(
            Of(Child("${ShippingStateMachineArn}") + "\"Output\":[\"{% $states.result.Output %}\",\"{% $states.result.Status %}\",\"{% $states.result.Input.n %}\"],\"End\":true}"),
            "5",
            script,
            new AslOptions { Children = new Dictionary<string, AslSimulator> { ["ShippingStateMachineArn"] = child } });
        Assert.Equal("""[{"n":5},"SUCCEEDED",5]""", result.Output);
        Assert.Empty(result.Calls);
        var run = Assert.Single(result.Children);
        Assert.Equal(("ShippingStateMachineArn", """{"n":5}"""), (run.Workflow, run.Input));
        Assert.Equal(1, run.Result.CallsOf("Ship"));
        Assert.Equal(TimeSpan.FromSeconds(30), result.Elapsed);
    }

    [Fact]
    public async Task The_failure_of_a_child_is_TaskFailed_with_its_description_as_cause()
    {
        var child = AslSimulator.Parse(Of("\"X\":{\"Type\":\"Fail\",\"Error\":\"OutOfStock\",\"Cause\":\"{\\\"code\\\":1}\"}", "X"));
        var result = await Run(
            Of(Child("arn:aws:states:eu-west-1:123456789012:stateMachine:shipping") + "\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"Next\":\"B\",\"Assign\":{\"d\":\"{% $parse($states.errorOutput.Cause) %}\"}}],\"End\":true},"
                + "\"B\":{\"Type\":\"Pass\",\"Output\":[\"{% $d.Error %}\",\"{% $parse($d.Cause).code %}\",\"{% $d.Status %}\",\"{% $d.Input %}\",\"{% $keys($d)[0] %}\"],\"End\":true}"),
            "5",
            options: new AslOptions
            {
                Substitutions = new Dictionary<string, string> { ["ShippingStateMachineArn"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:shipping" },
                Children = new Dictionary<string, AslSimulator> { ["ShippingStateMachineArn"] = child },
            });
        Assert.Equal("""["OutOfStock",1,"FAILED","{\"n\":5}","Cause"]""", result.Output);
    }

    [Fact]
    public async Task A_timeout_of_the_task_stops_the_child()
    {
        var child = AslSimulator.Parse(Of("\"X\":{\"Type\":\"Wait\",\"Seconds\":100,\"Next\":\"Y\"},\"Y\":" + Machines.Task("Ship", "\"End\":true"), "X"));
        var result = await Run(
            Of(Child("${C}") + "\"TimeoutSeconds\":10,\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"B\"}],\"End\":true},\"B\":{\"Type\":\"Wait\",\"Seconds\":1000,\"End\":true}"),
            "5",
            options: new AslOptions { Children = new Dictionary<string, AslSimulator> { ["C"] = child } });
        Assert.True(result.Succeeded);
        Assert.Equal(TimeSpan.FromSeconds(1010), result.Elapsed);
    }

    [Fact]
    public async Task Published_events_are_recorded()
    {
        var result = await Run(Of("""
            "A":{"Type":"Task","Resource":"arn:aws:states:::events:putEvents","Arguments":{"Entries":[{"Detail":{"id":"{% $states.input.id %}"},"DetailType":"com.acme.order.placed","EventBusName":"${EventBusName}","Source":"portable.order"}]},
                 "Output":"{% $states.result.FailedEntryCount %}","End":true}
            """), """{"id":7}""");
        Assert.Equal("0", result.Output);
        var published = Assert.Single(result.Published);
        Assert.Equal(("com.acme.order.placed", """{"id":7}""", "${EventBusName}", "portable.order"), (published.Type, published.PayloadJson, published.Destination, published.Source));
        Assert.Empty(result.Calls);
    }

    [Theory]
    [InlineData(null, 1, "{\"r\":1}", null)]
    [InlineData(null, 61, null, "States.Http.Socket")]
    [InlineData("Timeout", 0, null, "States.Http.Socket")]
    [InlineData("Bad", 0, null, "States.Http.StatusCode.500")]
    public async Task Http_endpoints_answer_with_status_and_body(string? code, int seconds, string? output, string? error)
    {
        var script = new StepScript().Returns("Score", """{"r":1}""").Takes("Score", TimeSpan.FromSeconds(seconds));
        if (code is not null)
        {
            script = new StepScript().FailsAlways("Score", code);
        }

        var simulator = AslSimulator.Parse(Of("""
            "A":{"Type":"Task","Resource":"arn:aws:states:::http:invoke","Arguments":{"ApiEndpoint":"https://score.example","Method":"POST","Authentication":{"ConnectionArn":"c"},"RequestBody":{"a":1}},"Output":"{% $states.result.ResponseBody %}","End":true}
            """));
        var result = await simulator.RunAsync("{}", AslTasks.FromSteps(script.Handler, new Dictionary<string, string> { ["https://score.example"] = "Score" }), cancellationToken: Token);
        Assert.Equal(output, result.Output);
        Assert.Equal(error, result.Error?.Code);
    }

    private static AslOptions With(params ScriptedEvent[] events) => new() { Events = events };
}
