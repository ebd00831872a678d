using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Where variables belong, and what a deployment refuses.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task A_handler_has_variables_of_its_own_and_assigns_those_around_it()
    {
        var result = await Flows.Run("""
            - init:
                assign: [{seen: 0}]
            - risky:
                try:
                  raise: "bad"
                except:
                  as: e
                  steps:
                    - note:
                        assign: [{seen: '${e}'}, {own: 1}]
            - done:
                return: ${seen}
            """);
        Assert.Equal("\"bad\"", result.Output);
    }

    [Theory]
    [InlineData("what a handler assigns", "- risky:\n    try:\n      raise: x\n    except:\n      as: e\n      steps:\n        - note:\n            assign: [{own: 1}]\n- done:\n    return: ${own}")]
    [InlineData("the failure", "- risky:\n    try:\n      raise: x\n    except:\n      as: own\n      steps:\n        - note:\n            return: 1\n- done:\n    return: ${own}")]
    [InlineData("what a loop assigns", "- each:\n    for:\n      value: v\n      in: [1]\n      steps:\n        - note:\n            assign: [{own: 1}]\n- done:\n    return: ${own}")]
    [InlineData("a loop's value", "- each:\n    for:\n      value: own\n      in: [1]\n      steps:\n        - note:\n            assign: [{x: 1}]\n- done:\n    return: ${own}")]
    [InlineData("what a branch assigns", "- p:\n    parallel:\n      branches:\n        - a:\n            assign: [{own: 1}]\n        - b:\n            assign: [{other: 1}]\n- done:\n    return: ${own}")]
    [InlineData("nothing", "- done:\n    return: ${own}")]
    [InlineData("a member", "- done:\n    assign: [{own.x: 1}]")]
    public void A_deployment_refuses_a_name_that_nothing_assigns(string what, string yaml)
    {
        var error = Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(yaml));
        Assert.True(error.Message.Contains("'own'", StringComparison.Ordinal), what);
    }

    [Theory]
    [InlineData("assign: [{x: 2}]")]
    [InlineData("assign: [{x.y: 2}]")]
    [InlineData("call: sys.now\n            result: x")]
    [InlineData("for: {value: v, in: [1], steps: [{s: {assign: [{x: 1}]}}]}")]
    [InlineData("try: {steps: [{s: {raise: 1}}]}\n            except: {as: e, steps: [{s: {assign: [{x: 1}]}}]}")]
    public void A_deployment_refuses_a_branch_that_writes_what_is_not_shared(string write)
    {
        string Yaml(string shared) => $"- init:\n    assign: [{{x: {{}}}}]\n- p:\n    parallel:\n      shared: [{shared}]\n      branches:\n        - a:\n            {write}\n        - b:\n            assign: [{{own: 1}}]";
        var error = Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(Yaml("")));
        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        GoogleWorkflowSimulator.Parse(Yaml("x"));
    }

    [Fact]
    public void What_an_outer_branch_does_not_share_an_inner_one_cannot()
    {
        const string Yaml = """
            - init:
                assign: [{x: 1}]
            - outer:
                parallel:
                  for:
                    value: v
                    in: [1]
                    steps:
                      - inner:
                          parallel:
                            shared: [x]
                            for:
                              value: w
                              in: [1]
                              steps:
                                - write:
                                    assign: [{x: '${w}'}]
            """;
        Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(Yaml));
        GoogleWorkflowSimulator.Parse(Yaml.Replace("    parallel:\n      for:", "    parallel:\n      shared: [x]\n      for:", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_shared_exists_around_the_step() =>
        Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse("- p:\n    parallel:\n      shared: [x]\n      for: {value: v, in: [1], steps: [{s: {assign: [{x: 1}]}}]}"));

    [Fact]
    public async Task Variables_hold_512_KB()
    {
        // Each text has 150 KB; a string may have 256 KB.
        var big = Flows.Http(static _ => GoogleHttpReply.Response(200, "\"" + new string('x', 150 * 1024) + "\""));
        const string Yaml = """
            main:
              params: [n]
              steps:
                - get:
                    call: http.get
                    args: {url: "https://x"}
                    result: answer
                - init:
                    assign: [{text: '${answer.body}'}, {answer: null}, {all: []}, {i: 0}]
                - more:
                    assign: [{all: '${list.concat(all, text)}'}, {i: '${i + 1}'}]
                - again:
                    switch: [{condition: '${i < n}', next: more}]
                - done:
                    return: ${len(all)}
            """;
        var fits = await Flows.Run(Yaml, "2", big);
        Assert.Equal("2", fits.Output);
        Assert.InRange(fits.LargestPayloadBytes, 450 * 1024, 512 * 1024);
        Assert.Equal(512 * 1024, fits.PayloadLimitBytes);
        Assert.Equal("ResourceLimitError", (await Flows.Run(Yaml, "3", big)).Error!.Code);
    }

    [Fact]
    public async Task What_a_subworkflow_held_is_free_when_it_returns()
    {
        var big = Flows.Http(static _ => GoogleHttpReply.Response(200, "\"" + new string('x', 200 * 1024) + "\""));
        var result = await Flows.Run("""
            main:
              steps:
                - each:
                    for:
                      value: v
                      range: [1, 10]
                      steps:
                        - use:
                            call: hold
            hold:
              steps:
                - get:
                    call: http.get
                    args: {url: "https://x"}
                    result: answer
            """, http: big);
        Assert.True(result.Succeeded, result.Error?.Message);
    }

    [Fact]
    public async Task An_argument_has_at_most_32_KB() =>
        Assert.Equal("ResourceLimitError", (await Flows.Run("- only:\n    return: 1", "\"" + new string('x', 32 * 1024) + "\"")).Error!.Code);
}
