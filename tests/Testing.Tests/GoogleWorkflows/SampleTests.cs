using Portable.TestKit.ExternalTools;
using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Google's own samples: all are read, and those without a connector run.</summary>
public sealed class SampleTests(NodeToolsFixture fixture) : IClassFixture<NodeToolsFixture>
{
    public static TheoryData<string> All => [.. Flows.SampleNames];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(All))]
    public void Every_sample_is_read(string name) => Assert.NotNull(GoogleWorkflowSimulator.Parse(Flows.Sample(name)));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(All))]
    public void Every_sample_is_valid_by_the_public_schema(string name) => Assert.Empty(fixture.Tools.ValidateGoogleWorkflow(Flows.Sample(name)));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(All))]
    public void Yaml_is_read_as_the_reference_reads_it(string name)
    {
        var ours = GoogleJson.Write(Value(YamlReader.Read(Flows.Sample(name))));
        Assert.Equal(GoogleJson.Write(GoogleJson.Parse(fixture.Tools.YamlToJson(Flows.Sample(name)))), ours);

        static object? Value(YamlNode node)
        {
            if (node.Map is not { } members)
            {
                return node.List is { } list ? list.Select(Value).ToList() : node.Value;
            }

            // JavaScript puts keys that are integers first and in order; here they are so already.
            var map = new GoogleMap();
            foreach (var (key, value) in members)
            {
                map[key] = Value(value);
            }

            return map;
        }
    }

    [Theory]
    [InlineData("expression", "\"Current temperature is 80.6 F\"")]
    [InlineData("iterate_for_range", "45")]
    [InlineData("iterate_list", "15")]
    [InlineData("iterate_map", "60")]
    [InlineData("loop_scope", "[8]")]
    [InlineData("step_iterate", "{\"concat_result\":\"foobar\"}")]
    [InlineData("step_switch_embedded", "\"increase a to:8\"")]
    [InlineData("subworkflow", "\"Hello Kristof\"")]
    public async Task Samples_without_calls_give_what_they_promise(string name, string output) => Assert.Equal(output, (await Flows.Run(Flows.Sample(name))).Output);

    [Theory]
    [InlineData(5, "callA,SmallFunc")]
    [InlineData(50, "callA,MediumFunc")]
    [InlineData(500, "callA,LargeFunc")]
    public async Task A_conditional_jump_calls_one_branch(int field, string calls)
    {
        List<string> seen = [];
        await Flows.Run(Flows.Sample("step_conditional_jump"), http: Flows.Http(request =>
        {
            seen.Add(request.Url[(request.Url.LastIndexOf('/') + 1)..]);
            return GoogleHttpReply.Response(200, $$"""{"SomeField":{{field}}}""");
        }));
        Assert.Equal(calls, string.Join(',', seen));
    }

    [Fact]
    public async Task Explicit_and_implicit_order()
    {
        async Task<string> Order(string name)
        {
            List<char> seen = [];
            await Flows.Run(Flows.Sample(name), http: Flows.Http(request =>
            {
                seen.Add(request.Url[^1]);
                return GoogleHttpReply.Response(200, "{}");
            }));
            return string.Concat(seen);
        }

        Assert.Equal("ABC", await Order("step_implicit"));
        Assert.Equal("ACB", await Order("step_explicit"));
    }

    [Theory]
    [InlineData(200, "\"page\"")]
    [InlineData(404, "\"Sorry, URL wasn't found\"")]
    [InlineData(403, "\"Authentication error\"")]
    public async Task Errors_are_caught_by_status(int status, string output) =>
        Assert.Equal(output, (await Flows.Run(Flows.Sample("error_catch"), http: Flows.Http(_ => GoogleHttpReply.Response(status, "\"page\"")))).Output);

    [Fact]
    public async Task Errors_are_caught_by_tag()
    {
        var refused = await Flows.Run(Flows.Sample("error_catch"), http: Flows.Http(static _ => GoogleHttpReply.ConnectionError("refused")));
        Assert.Equal("\"Connection problem; check URL\"", refused.Output);
        var other = await Flows.Run(Flows.Sample("error_catch"), http: Flows.Http(static _ => GoogleHttpReply.Response(500, "{}")));
        Assert.Equal("500", other.Error!.Code);
    }

    [Theory]
    [InlineData("error_retry_500", 500)]
    [InlineData("error_retry_http_status", 500)]
    public async Task A_custom_predicate_retries_with_its_backoff(string name, int status)
    {
        var calls = 0;
        var result = await Flows.Run(Flows.Sample(name), http: Flows.Http(_ => GoogleHttpReply.Response(++calls < 4 ? status : 200, "{}")));
        Assert.Equal("\"OK\"", result.Output);
        Assert.Equal((4, TimeSpan.FromSeconds(2 + 4 + 8)), (calls, result.Elapsed));
    }

    [Fact]
    public async Task A_raised_response_is_retried_by_its_code()
    {
        var calls = 0;
        var result = await Flows.Run(Flows.Sample("error_retry_http_other"), http: Flows.Http(_ => GoogleHttpReply.Response(++calls < 3 ? 202 : 200, "{}")));
        Assert.True(result.Succeeded);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_parallel_step_fails_with_the_branch_that_failed()
    {
        var result = await Flows.Run(Flows.Sample("parallel_error_handling"));
        Assert.Contains("UnhandledBranchError", result.Output, StringComparison.Ordinal);
        Assert.Contains("how odd!", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_write_shared_variables()
    {
        var result = await Flows.Run(
            Flows.Sample("parallel_iteration").Replace("numComments}", "numComments.body}", StringComparison.Ordinal),
            """{"posts":["1","2","3"]}""",
            Flows.Http(static request => GoogleHttpReply.Response(200, request.Url[^1..], duration: TimeSpan.FromSeconds(10))));
        Assert.Equal("6", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(10), result.Elapsed);
    }

    [Theory]
    [InlineData("poll_bigquery_job_manual")]
    [InlineData("iterate_googleapis_translate")]
    public async Task A_connector_is_refused(string name) =>
        await Assert.ThrowsAsync<GoogleNotSimulatedException>(async () => await Flows.Run(
            Flows.Sample(name),
            options: new GoogleWorkflowOptions { Environment = new Dictionary<string, string> { ["GOOGLE_CLOUD_PROJECT_ID"] = "p" } }));
}
