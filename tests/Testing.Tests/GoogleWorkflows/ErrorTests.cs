using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Errors: raising, retrying, catching.</summary>
public sealed class ErrorTests
{
    private const string Retried = """
        main:
          params: [input]
          steps:
            - charge:
                try:
                  call: run_step
                  args: {step: Charge, input: "${input}"}
                  result: r
                retry:
                  predicate: ${retry_Charge}
                  max_retries: 2
                  backoff: {initial_delay: 1, max_delay: 60, multiplier: 2}
                except:
                  as: failure
                  steps:
                    - known:
                        switch:
                          - condition: ${failure.code == "CardDeclined"}
                            return: ${"declined " + failure.message}
                    - unknown:
                        raise: ${failure}
            - done:
                return: ${r}
        run_step:
          params: [step, input]
          steps:
            - post:
                try:
                  call: http.post
                  args:
                    url: https://steps
                    body: {step: "${step}", input: "${input}"}
                  result: response
                except:
                  as: e
                  steps:
                    - failure:
                        raise: ${e.body}
            - done:
                return: ${response.body}
        retry_Charge:
          params: [e]
          steps:
            - check:
                switch:
                  - condition: ${e.code == "Busy"}
                    return: true
            - otherwise:
                return: false
        """;

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 3, 3)]
    public async Task Max_retries_counts_retries_and_delays_multiply(int faults, int calls, int seconds)
    {
        var script = new StepScript().Fails("Charge", faults, "Busy").Returns("Charge", "{\"ok\":1}");
        var result = await Flows.Run(Retried, "{\"n\":1}", GoogleHttp.FromSteps(script.Handler));
        Assert.Equal("{\"ok\":1}", result.Output);
        Assert.Equal(calls, result.CallsOf("Charge"));
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
        Assert.All(result.Calls, static call => Assert.Equal("{\"n\":1}", call.Input));
    }

    [Fact]
    public async Task Exhausted_retries_go_to_the_handler_and_an_uncaught_map_fails_the_run()
    {
        var script = new StepScript().FailsAlways("Charge", "Busy", "later", "{\"a\":1}");
        var result = await Flows.Run(Retried, "1", GoogleHttp.FromSteps(script.Handler));
        Assert.Equal(3, result.CallsOf("Charge"));
        Assert.Equal(("Busy", "later"), (result.Error!.Code, result.Error.Message));
        Assert.Equal(new Portable.Runtime.StepFailure("Busy", "later", "{\"a\":1}"), result.Error.Failure);
    }

    [Fact]
    public async Task The_predicate_decides_what_is_retried()
    {
        var script = new StepScript().FailsAlways("Charge", "CardDeclined", "no money");
        var result = await Flows.Run(Retried, "1", GoogleHttp.FromSteps(script.Handler));
        Assert.Equal("\"declined no money\"", result.Output);
        Assert.Equal(1, result.CallsOf("Charge"));
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(404, 1)]
    [InlineData(429, 6)]
    [InlineData(502, 6)]
    [InlineData(503, 6)]
    [InlineData(504, 6)]
    public async Task The_default_policy_retries_five_times_but_not_a_500(int status, int calls)
    {
        var result = await Flows.Run(Flows.Sample("error_retry"), http: Flows.Http(_ => GoogleHttpReply.Response(status, "{}")));
        Assert.Equal(calls, result.Calls.Count);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Error!.Code);
        Assert.Equal(calls == 1 ? 0 : 1 + 1.25 + 1.5625 + 1.953125 + 2.44140625, result.Elapsed.TotalSeconds, 6);
    }

    [Fact]
    public async Task No_answer_and_no_connection_are_errors_with_tags_but_without_a_code()
    {
        const string Workflow = """
            - a:
                try:
                  call: http.get
                  args: {url: "https://x", timeout: 7}
                except:
                  as: e
                  steps:
                    - b:
                        return: [ "${e.tags}", '${map.get(e, "code")}' ]
            """;
        var late = await Flows.Run(Workflow, http: Flows.Http(static _ => GoogleHttpReply.Response(200, "1", duration: TimeSpan.FromSeconds(8))));
        Assert.Equal("""[["TimeoutError"],null]""", late.Output);
        Assert.Equal(TimeSpan.FromSeconds(7), late.Elapsed);
        var refused = await Flows.Run(Workflow, http: Flows.Http(static _ => GoogleHttpReply.ConnectionError("refused")));
        Assert.Equal("""[["ConnectionError"],null]""", refused.Output);
    }

    [Fact]
    public async Task An_http_error_carries_code_tags_and_body()
    {
        var result = await Flows.Run("- a:\n    call: http.get\n    args: {url: \"https://x\"}", http: Flows.Http(static _ => GoogleHttpReply.Response(422, """{"why":"x"}""")));
        Assert.Equal("422", result.Error!.Code);
        Assert.Equal("""{"message":"HTTP server responded with error code 422","code":422,"tags":["HttpError"],"headers":{"content-type":"application/json"},"body":{"why":"x"}}""", result.Error.Data);
    }

    [Fact]
    public async Task A_raised_text_stays_a_text()
    {
        var result = await Flows.Run("- a:\n    try:\n      raise: odd\n    except:\n      as: e\n      steps:\n        - b:\n            return: ${e + \"!\"}");
        Assert.Equal("\"odd!\"", result.Output);
        Assert.Equal("odd", (await Flows.Run("- a:\n    raise: odd")).Error!.Message);
    }

    [Theory]
    [InlineData("Timeout", "TimeoutError")]
    [InlineData("InferenceFailed", "500")]
    public async Task An_endpoint_is_called_directly(string code, string error)
    {
        const string Workflow = "- a:\n    call: http.post\n    args: {url: \"https://gpu/predict\", body: {x: 1}, timeout: 5}\n    result: r\n- b:\n    return: ${r.body}";
        var endpoints = new Dictionary<string, string> { ["https://gpu/predict"] = "ScoreRisk" };
        var good = await Flows.Run(Workflow, http: GoogleHttp.FromSteps(new StepScript().Returns("ScoreRisk", "0.5").Handler, endpoints));
        Assert.Equal("0.5", good.Output);
        Assert.Equal(("ScoreRisk", """{"x":1}"""), (good.Calls[0].Name, good.Calls[0].Input));
        var bad = await Flows.Run(Workflow, http: GoogleHttp.FromSteps(new StepScript().FailsAlways("ScoreRisk", code).Handler, endpoints));
        Assert.Equal(error, bad.Error!.Code);
        Assert.Equal(code, bad.Calls[0].Failure!.Code);
    }
}
