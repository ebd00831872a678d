using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Parallel steps.</summary>
public sealed class ParallelTests
{
    private static GoogleHttpHandler Slow(Dictionary<string, int> seconds, List<string> seen) => Flows.Http(request =>
    {
        var name = request.Url[(request.Url.LastIndexOf('/') + 1)..];
        seen.Add(name);
        return GoogleHttpReply.Response(name.StartsWith("bad", StringComparison.Ordinal) ? 400 : 200, "\"" + name + "\"", duration: TimeSpan.FromSeconds(seconds.GetValueOrDefault(name)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("\n              exception_policy: continueAll")]
    public async Task Other_branches_go_on_and_the_step_fails_with_every_failure(string policy)
    {
        List<string> seen = [];
        var result = await Flows.Run(
            $$$"""
            - p:
                try:
                  steps:
                    - inner:
                        parallel:{{{policy}}}
                          branches:
                            - first:
                                call: http.get
                                args: {url: https://x/bad1}
                            - second:
                                steps:
                                  - a:
                                      call: http.get
                                      args: {url: https://x/a}
                                  - b:
                                      call: http.get
                                      args: {url: https://x/b}
                            - third:
                                raise: {code: "Mine", message: "odd"}
                except:
                  as: e
                  steps:
                    - done:
                        return: [ '${e.tags[0]}', '${e.branches[0].id}', '${e.branches[0].error.code}', '${e.branches[1].id}', '${e.branches[1].error.code}', '${len(e.branches)}' ]
            """.Replace("              exception_policy", "              exception_policy", StringComparison.Ordinal),
            http: Slow(new() { ["bad1"] = 1, ["a"] = 5, ["b"] = 5 }, seen));
        Assert.Equal("""["UnhandledBranchError","third","Mine","first",400,2]""", result.Output);
        Assert.Equal(["bad1", "a", "b"], seen);
        Assert.Equal(TimeSpan.FromSeconds(10), result.Elapsed);
    }

    [Theory]
    [InlineData("", 20, 1)]
    [InlineData("", 21, 2)]
    [InlineData("concurrency_limit: 5", 10, 2)]
    [InlineData("concurrency_limit: ${limit}", 9, 3)]
    [InlineData("concurrency_limit: 50", 21, 2)]
    public async Task So_many_iterations_run_at_a_time(string limit, int items, int seconds)
    {
        var result = await Flows.Run(
            $$"""
            main:
              params: [n]
              steps:
                - init:
                    assign: [{limit: 3}, {sum: 0}]
                - p:
                    parallel:
                      shared: [sum]
                      {{limit}}
                      for:
                        value: v
                        range: ${[1, n]}
                        steps:
                          - wait:
                              call: sys.sleep
                              args: {seconds: 1}
                          - add:
                              assign: [{sum: '${sum + v}'}]
                - done:
                    return: ${sum}
            """,
            $"{items}");
        Assert.Equal($"{items * (items + 1) / 2}", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Elapsed);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "ParallelNestingError")]
    public async Task Parallel_steps_are_nested_two_deep_through_subworkflows_too(int depth, string? error)
    {
        var result = await Flows.Run(
            """
            main:
              params: [depth]
              steps:
                - go:
                    call: down
                    args: {depth: '${depth}'}
            down:
              params: [depth]
              steps:
                - stop:
                    switch: [{condition: '${depth == 0}', return: 1}]
                - p:
                    parallel:
                      for:
                        value: v
                        in: [1]
                        steps:
                          - go:
                              call: down
                              args: {depth: '${depth - 1}'}
            """,
            $"{depth}");
        Assert.Equal(error is null, result.Succeeded);
        if (error is not null)
        {
            Assert.Contains(error, result.Error!.Data, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_policy_that_does_not_exist_is_refused() =>
        Assert.Throws<GoogleWorkflowDefinitionException>(static () => GoogleWorkflowSimulator.Parse("- p:\n    parallel:\n      exception_policy: failFast\n      for: {value: v, in: [1], steps: [{s: {return: 1}}]}"));
}
