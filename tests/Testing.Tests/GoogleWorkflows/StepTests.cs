using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Steps: assigning, jumping, calling, looping.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task Assign_reaches_into_maps_and_lists_and_copies_values()
    {
        var result = await Flows.Run("""
            - init:
                assign:
                  - m: {a: 1, l: [1, 2]}
                  - copy: ${m}
                  - m.a: 2
                  - m["b"]: ${m.a + 1}
                  - m.l[1]: ${m["b"]}
                  - key: dynamic
                  - m["x" + key]: {"${key}": true}
            - done:
                return: [ "${m}", "${copy}" ]
            """);
        Assert.Equal("""[{"a":2,"l":[1,3],"b":3,"xdynamic":{"dynamic":true}},{"a":1,"l":[1,2]}]""", result.Output);
    }

    [Fact]
    public async Task Next_jumps_out_of_a_nested_switch_to_an_outer_step()
    {
        var result = await Flows.Run("""
            main:
              params: [n]
              steps:
                - outer:
                    steps:
                      - inner:
                          switch:
                            - condition: ${n > 1}
                              next: big
                            - condition: ${n == 1}
                              steps:
                                - one:
                                    assign:
                                      - r: one
                          next: none
                - big:
                    return: big
                - none:
                    return: none
            """, "5");
        Assert.Equal("\"big\"", result.Output);
    }

    [Fact]
    public async Task Without_a_return_the_result_is_null_and_end_ends()
    {
        Assert.Equal("null", (await Flows.Run("- a:\n    assign:\n      - x: 1\n    next: end\n- b:\n    return: 1")).Output);
    }

    [Fact]
    public async Task A_subworkflow_has_its_own_variables_and_defaults()
    {
        var result = await Flows.Run("""
            main:
              params: [n]
              steps:
                - call:
                    call: add
                    args: {a: "${n}"}
                    result: sum
                - done:
                    return: ${sum}
            add:
              params: [a, b: 10]
              steps:
                - done:
                    return: ${a + b}
            """, "5");
        Assert.Equal("15", result.Output);
        var unknown = await Flows.Run("main:\n  steps:\n    - a:\n        call: f\n        args: {x: 1}\nf:\n  steps:\n    - b:\n        return: 1");
        Assert.Equal("TypeError", unknown.Error!.Code);
    }

    [Fact]
    public async Task Recursion_ends_at_the_call_depth()
    {
        var result = await Flows.Run("main:\n  steps:\n    - a:\n        call: main");
        Assert.Equal("RecursionError", result.Error!.Code);
    }

    [Fact]
    public async Task A_condition_that_is_no_boolean_is_a_type_error()
    {
        var result = await Flows.Run("- a:\n    switch:\n      - condition: ${1}\n        return: 1");
        Assert.Equal("TypeError", result.Error!.Code);
    }

    [Fact]
    public async Task Sleep_takes_virtual_time()
    {
        var result = await Flows.Run("- a:\n    call: sys.sleep\n    args: {seconds: 3600}\n- b:\n    call: sys.log\n    args: {data: x}");
        Assert.Equal(TimeSpan.FromHours(1), result.Elapsed);
        Assert.Equal(2, result.Transitions);
    }

    [Fact]
    public async Task An_http_call_sends_what_it_says_and_gives_body_code_and_headers()
    {
        GoogleHttpRequest? seen = null;
        var result = await Flows.Run(
            """
            - a:
                call: http.post
                args:
                  url: https://x/steps
                  auth: {type: OIDC}
                  headers: {X-Run: "1"}
                  query: {q: 2}
                  body: {n: 9007199254740993, none: null}
                  timeout: 20
                result: r
            - b:
                return: ${r}
            """,
            http: Flows.Http(request =>
            {
                seen = request;
                return GoogleHttpReply.Response(200, """{"ok":true}""");
            }));
        Assert.Equal(new GoogleHttpRequest("a", "POST", "https://x/steps", """{"n":9007199254740993,"none":null}""", """{"X-Run":"1"}""", """{"q":2}""", """{"type":"OIDC"}""", 20) { Callbacks = seen!.Callbacks, Workflow = "workflow" }, seen);
        Assert.Equal("""{"body":{"ok":true},"code":200,"headers":{"content-type":"application/json"}}""", result.Output);
    }

    [Fact]
    public async Task A_run_that_never_ends_is_given_up() =>
        await Assert.ThrowsAsync<SimulationLimitException>(async () => await Flows.Run("- a:\n    next: a", options: new GoogleWorkflowOptions { MaxSteps = 10 }));

    [Theory]
    [InlineData("- a:\n    next: nowhere", "no step 'nowhere'")]
    [InlineData("- a:\n    next: break", "no step 'break'")]
    [InlineData("- a:\n    assign:\n      - x: 1\n    return: 1", "one thing")]
    [InlineData("- a:\n    asign:\n      - x: 1", "'asign' is not known")]
    [InlineData("- a:\n    return: 1\n- a:\n    return: 2", "two steps")]
    [InlineData("f:\n  steps:\n    - a:\n        return: 1", "no workflow 'main'")]
    [InlineData("- a:\n    try:\n      call: http.get", "'retry' or an 'except'")]
    [InlineData("- a:\n    return: &x 1", "not simulated")]
    [InlineData("- a:\n    return: {x: 1, x: 2}", "twice")]
    [InlineData("- a: [", "not YAML")]
    [InlineData("main:\n  params: [a, b]\n  steps:\n    - a:\n        return: 1", "at most one parameter")]
    public void A_definition_that_cannot_run_is_refused(string yaml, string reason) =>
        Assert.Contains(reason, Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_step_has_at_most_50_assignments()
    {
        static string With(int count) => "- a:\n    assign:\n" + string.Concat(Enumerable.Range(0, count).Select(static i => $"      - v{i}: {i}\n"));
        GoogleWorkflowSimulator.Parse(With(50));
        Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(With(51)));
    }
}
