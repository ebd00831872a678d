using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Callbacks, waits until a time, and connectors.</summary>
public sealed class CallbackTests
{
    private const string Wait = """
        await_event:
          params: [name, timeout]
          steps:
            - create:
                call: events.create_callback_endpoint
                args: {http_callback_method: POST}
                result: callback
            - register:
                call: http.post
                args: {url: "https://steps", body: {event: '${name}', run: '${sys.get_env("GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID")}', callback: '${callback.url}'}}
                result: answer
            - raised:
                switch: [{condition: '${answer.body.raised}', return: '${answer.body.payload}'}]
            - wait:
                call: events.await_callback
                args: {callback: '${callback}', timeout: '${timeout}'}
                result: event
            - payload:
                return: ${event.http_request.body}
        """;

    private static GoogleHttpHandler Steps { get; } = GoogleHttp.FromSteps(new StepScript().Handler);

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(3600)]
    public async Task An_event_comes_by_the_callback_or_was_there_before(int seconds)
    {
        var result = await Flows.Run(
            "main:\n  steps:\n    - a:\n        call: await_event\n        args: {name: approval, timeout: 3600}\n        result: x\n    - b:\n        return: ${x.granted}\n" + Wait,
            http: Steps,
            options: new GoogleWorkflowOptions { Events = [new ScriptedEvent("approval", """{"granted":true}""", TimeSpan.FromSeconds(seconds))] });
        Assert.Equal("true", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
        Assert.Empty(result.Calls);
    }

    [Fact]
    public async Task Nobody_calls_and_that_is_a_timeout()
    {
        var result = await Flows.Run("main:\n  steps:\n    - a:\n        call: await_event\n        args: {name: approval, timeout: 3600}\n" + Wait, http: Steps);
        Assert.Equal("TimeoutError", result.Error!.Code);
        Assert.Equal(TimeSpan.FromSeconds(3600), result.Elapsed);
    }

    [Fact]
    public async Task Twelve_hours_are_the_default()
    {
        var result = await Flows.Run("""
            - a:
                call: events.create_callback_endpoint
                result: c
            - b:
                call: events.await_callback
                args: {callback: '${c}'}
            """);
        Assert.Equal(TimeSpan.FromHours(12), result.Elapsed);
    }

    [Fact]
    public async Task A_callback_keeps_what_comes_before_it_is_awaited()
    {
        var result = await Flows.Run(
            """
            - a:
                call: events.create_callback_endpoint
                result: c
            - tell:
                call: http.post
                args: {url: "https://tell", body: '${c.url}'}
            - later:
                call: sys.sleep
                args: {seconds: 100}
            - b:
                call: events.await_callback
                args: {callback: '${c}'}
                result: first
            - d:
                call: events.await_callback
                args: {callback: '${c}'}
                result: second
            - e:
                return: [ '${first.http_request.body.n}', '${second.http_request.body.n}', '${second.http_request.method}', '${second.type}' ]
            """,
            http: Flows.Http(static request =>
            {
                request.Callbacks.Post(request.Body!, """{"n":1}""", TimeSpan.FromSeconds(5));
                request.Callbacks.Post(request.Body!, """{"n":2}""", TimeSpan.FromSeconds(300));
                return GoogleHttpReply.Response(200, "{}");
            }));
        Assert.Equal("""[1,2,"POST","HTTP"]""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(300), result.Elapsed);
    }

    [Theory]
    [InlineData("\"2026-01-01T01:00:00Z\"", 3600, null)]
    [InlineData("\"2026-01-01T02:00:00+01:00\"", 3600, null)]
    [InlineData("\"2025-01-01T00:00:00Z\"", 0, null)]
    [InlineData("\"2027-02-01T00:00:00Z\"", 0, "ValueError")]
    [InlineData("\"soon\"", 0, "ValueError")]
    [InlineData("1767229200", 0, "TypeError")]
    public async Task Sleeping_until_a_time(string time, int seconds, string? error)
    {
        var result = await Flows.Run($"- a:\n    call: sys.sleep_until\n    args: {{time: {time}}}");
        Assert.Equal(error, result.Error?.Code);
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
    }

    [Fact]
    public async Task Messages_are_published_with_their_attributes()
    {
        var result = await Flows.Run("""
            - init:
                assign: [{message: {id: 7}}]
            - a:
                call: googleapis.pubsub.v1.projects.topics.publish
                args:
                  topic: projects/p/topics/events
                  body:
                    messages:
                      - data: ${base64.encode(json.encode(message))}
                        attributes: {ce-type: com.acme.order.placed, ce-source: portable.order}
                result: r
            - b:
                return: ${len(r.messageIds)}
            """);
        Assert.Equal("1", result.Output);
        var published = Assert.Single(result.Published);
        Assert.Equal(("com.acme.order.placed", """{"id":7}""", "projects/p/topics/events", "portable.order"), (published.Type, published.PayloadJson, published.Destination, published.Source));
    }

    private static GoogleWorkflowOptions With(string child) => new() { Children = new Dictionary<string, GoogleWorkflowSimulator> { ["shipping"] = GoogleWorkflowSimulator.Parse(child) } };

    [Fact]
    public async Task Another_workflow_runs_with_its_argument_and_gives_its_result()
    {
        var result = await Flows.Run(
            "- a:\n    call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run\n    args: {workflow_id: shipping, argument: {n: 5}}\n    result: r\n- b:\n    return: ${r}",
            options: With("main:\n  params: [input]\n  steps:\n    - w:\n        call: sys.sleep\n        args: {seconds: 30}\n    - r:\n        return: ['${input.n}', '${sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_ID\")}']"));
        Assert.Equal("""[5,"shipping"]""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Elapsed);
        Assert.Equal(("shipping", """{"n":5}"""), (result.Children[0].Workflow, result.Children[0].Input));
        Assert.Equal(2, result.Children[0].Result.BilledTransitions);
    }

    [Fact]
    public async Task Its_failure_is_an_OperationError_with_the_execution()
    {
        var result = await Flows.Run(
            """
            - a:
                try:
                  call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run
                  args: {workflow_id: shipping}
                except:
                  as: e
                  steps:
                    - b:
                        assign: [{failure: '${json.decode(e.operation.error.payload)}'}]
                    - c:
                        return: [ '${e.tags[0]}', '${e.operation.state}', '${failure.code}' ]
            """,
            options: With("- f:\n    raise: {code: OutOfStock, message: none}"));
        Assert.Equal("""["OperationError","FAILED","OutOfStock"]""", result.Output);
    }

    [Fact]
    public async Task A_connector_waits_for_half_an_hour_or_as_long_as_it_is_told()
    {
        var child = With("- w:\n    call: sys.sleep\n    args: {seconds: 5000}");
        string Run(string more) => $"- a:\n    call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run\n    args: {{workflow_id: shipping{more}}}";
        var late = await Flows.Run(Run(""), options: child);
        Assert.Equal(("TimeoutError", TimeSpan.FromSeconds(1800)), (late.Error!.Code, late.Elapsed));
        var patient = await Flows.Run(Run(", connector_params: {timeout: 6000}"), options: child);
        Assert.Equal((true, TimeSpan.FromSeconds(5000)), (patient.Succeeded, patient.Elapsed));
    }

    [Fact]
    public async Task An_execution_can_be_started_and_asked()
    {
        var result = await Flows.Run(
            """
            - a:
                call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.create
                args: {parent: projects/p/locations/l/workflows/shipping, body: {argument: '5'}, connector_params: {skip_polling: true}}
                result: started
            - wait:
                call: sys.sleep
                args: {seconds: 20}
            - get:
                call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.get
                args: {name: '${started.name}'}
                result: seen
            - again:
                switch: [{condition: '${seen.state == "ACTIVE"}', next: wait}]
            - done:
                return: [ '${started.state}', '${seen.state}', '${json.decode(seen.result)}' ]
            """,
            options: With("main:\n  params: [n]\n  steps:\n    - w:\n        call: sys.sleep\n        args: {seconds: 30}\n    - r:\n        return: ${n + 1}"));
        Assert.Equal("""["ACTIVE","SUCCEEDED",6]""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(40), result.Elapsed);
    }

    [Fact]
    public async Task A_workflow_that_was_not_given_is_named()
    {
        var error = await Assert.ThrowsAsync<GoogleNotSimulatedException>(async () => await Flows.Run(
            "- a:\n    call: googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run\n    args: {workflow_id: other}"));
        Assert.Contains("'other'", error.Message, StringComparison.Ordinal);
    }
}
