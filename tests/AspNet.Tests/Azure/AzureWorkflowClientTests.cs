using System.Net;
using Portable.Azure.Workflows;
using Portable.Runtime;
using Portable.Runtime.Json;
using Xunit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>The way to Durable Functions, against its HTTP API as the reference describes it.</summary>
public sealed class AzureWorkflowClientTests
{
    private readonly FakeDurable _durable = new();
    private readonly IWorkflowClient _client;

    public AzureWorkflowClientTests()
    {
        Environment.SetEnvironmentVariable("PORTABLE_DURABLE_URL", "https://app.example/");
        Environment.SetEnvironmentVariable("PORTABLE_DURABLE_KEY", "k/1");
        var workflow = new WorkflowDefinition("durable-client", static _ => throw new InvalidOperationException(), []) { Input = PrimitiveJson.Default.String, Payloads = [PrimitiveJson.Default.String] };
        _client = new AzureWorkflows(new HttpClient(_durable)).CreateClient(PortableApp.WithoutServices("azure", [], [workflow]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_started_under_its_identifier()
    {
        Assert.Equal("order-1", await _client.Start("durable-client", "in", "order-1", Token));

        Assert.Contains("POST https://app.example/runtime/webhooks/durabletask/orchestrators/durable-client/order-1?code=k%2F1 \"in\"", _durable.Requests);
    }

    [Fact]
    public async Task A_run_that_is_there_is_not_started_again()
    {
        _durable.Instances["order-1"] = (HttpStatusCode.OK, """{"runtimeStatus":"Completed","output":1}""");

        await _client.Start("durable-client", "in", "order-1", Token);

        Assert.DoesNotContain(_durable.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(202, """{"runtimeStatus":"Running"}""", WorkflowStatus.Running, null, null)]
    [InlineData(200, """{"runtimeStatus":"Completed","output":{"a":1}}""", WorkflowStatus.Succeeded, "{\"a\":1}", null)]
    [InlineData(200, """{"runtimeStatus":"Failed","output":"StepFailed: {\"code\":\"CardDeclined\",\"message\":\"no\",\"data\":null}"}""", WorkflowStatus.Failed, null, "CardDeclined")]
    [InlineData(500, """{"runtimeStatus":"Terminated","output":"by hand"}""", WorkflowStatus.Failed, null, "WorkflowFailed")]
    public async Task A_run_says_where_it_stands(int answer, string described, WorkflowStatus status, string? output, string? code)
    {
        _durable.Instances["order-1"] = ((HttpStatusCode)answer, described);

        var run = await _client.Get("durable-client", "order-1", Token);

        Assert.Equal((status, output, code), (run!.Status, run.Output, run.Failure?.Code));
        Assert.Null(await _client.Get("durable-client", "unknown", Token));
    }

    [Fact]
    public async Task An_event_is_raised_on_the_instance()
    {
        _durable.Instances["order-1"] = (HttpStatusCode.Accepted, "{}");

        await _client.Raise("order-1", "approval", "yes", Token);

        Assert.Contains("POST https://app.example/runtime/webhooks/durabletask/instances/order-1/raiseEvent/approval?code=k%2F1 \"yes\"", _durable.Requests);
    }

    [Fact]
    public async Task An_event_for_an_unknown_run_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _client.Raise("unknown", "approval", "yes", Token));

    private sealed class FakeDurable : HttpMessageHandler
    {
        public Dictionary<string, (HttpStatusCode Status, string Body)> Instances { get; } = [];

        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Requests.Add($"{request.Method} {request.RequestUri!.AbsoluteUri} {body}");
            var path = request.RequestUri.Segments.Select(static segment => segment.TrimEnd('/')).ToList();
            if (path.Contains("orchestrators"))
            {
                return new HttpResponseMessage(HttpStatusCode.Accepted);
            }

            var instance = path[path.IndexOf("instances") + 1];
            return Instances.TryGetValue(instance, out var found)
                ? new HttpResponseMessage(path.Contains("raiseEvent") ? HttpStatusCode.Accepted : found.Status) { Content = new StringContent(found.Body) }
                : new HttpResponseMessage(HttpStatusCode.NotFound);
        }
    }
}
