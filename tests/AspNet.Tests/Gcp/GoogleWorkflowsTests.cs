using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portable.Gcp.Services;
using Portable.Gcp.Workflows;
using Portable.Runtime;
using Portable.Runtime.Json;
using Portable.TestKit;
using Xunit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>The way to Google Workflows, against a service written from its REST reference.</summary>
public sealed class GoogleWorkflowsTests
{
    private const string Resource = "projects/p/locations/l/workflows/google-client";
    private const string Collection = "projects/p/databases/(default)/documents/portable-events";

    private readonly FakeGoogle _google = new();
    private readonly GoogleApi _api;
    private readonly MemoryMailboxStore _store = new();
    private readonly PortableApp _app;

    public GoogleWorkflowsTests()
    {
        Environment.SetEnvironmentVariable("PORTABLE_WORKFLOW_GOOGLE_CLIENT", Resource);
        Environment.SetEnvironmentVariable(FirestoreMailboxStore.CollectionVariable, Collection);
        _api = new GoogleApi(new HttpClient(_google), new ManualTimeProvider(DateTimeOffset.UnixEpoch));
        var workflow = new WorkflowDefinition("google-client", static _ => throw new InvalidOperationException(), []) { Input = PrimitiveJson.Default.String, Payloads = [PrimitiveJson.Default.String] };
        _app = PortableApp.WithoutServices("gcp", [], [workflow], backend: new GoogleWorkflows(_api, _store));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IWorkflowClient Client => _app.Backend!.CreateClient(_app);

    private IEventWaits Waits => (IEventWaits)_app.Backend!;

    [Fact]
    public async Task A_run_is_started_with_its_input_as_text()
    {
        Assert.Equal("execution-1", await Client.Start("google-client", "in", cancellationToken: Token));

        Assert.Equal("""{"argument":"\u0022in\u0022"}""", Assert.Single(_google.Started));
    }

    [Fact]
    public async Task A_run_of_a_chosen_identifier_is_started_once()
    {
        Assert.Equal("order-1", await Client.Start("google-client", "in", "order-1", Token));
        Assert.Equal("order-1", await Client.Start("google-client", "in", "order-1", Token));

        Assert.Single(_google.Started);
    }

    [Theory]
    [InlineData("""{"state":"ACTIVE"}""", WorkflowStatus.Running, null, null)]
    [InlineData("""{"state":"SUCCEEDED","result":"{\"a\":1}"}""", WorkflowStatus.Succeeded, "{\"a\":1}", null)]
    [InlineData("""{"state":"FAILED","error":{"payload":"{\"code\":\"CardDeclined\",\"message\":\"no\",\"data\":null}"}}""", WorkflowStatus.Failed, null, "CardDeclined")]
    [InlineData("""{"state":"FAILED","error":{"payload":"KeyError: x"}}""", WorkflowStatus.Failed, null, "WorkflowFailed")]
    public async Task A_run_says_where_it_stands(string described, WorkflowStatus status, string? output, string? code)
    {
        await Client.Start("google-client", "in", "order-1", Token);
        _google.Executions["execution-1"] = described;

        var run = await Client.Get("google-client", "order-1", Token);

        Assert.Equal((status, output, code), (run!.Status, run.Output, run.Failure?.Code));
        Assert.Null(await Client.Get("google-client", "unknown", Token));
    }

    [Fact]
    public async Task An_event_goes_to_the_callback_that_waits()
    {
        await Client.Start("google-client", "in", "order-1", Token);
        Assert.Equal("""{"raised":false}""", await WaitAsync("https://callback/1"));

        await Client.Raise("order-1", "approval", "yes", Token);

        Assert.Equal(("https://callback/1", "\"yes\""), Assert.Single(_google.Callbacks));
    }

    [Fact]
    public async Task An_event_raised_before_the_wait_is_the_answer_to_it()
    {
        await Client.Raise("execution-1", "approval", "yes", Token);

        Assert.Equal("""{"raised":true,"payload":"yes"}""", await WaitAsync("https://callback/1"));
    }

    [Fact]
    public async Task An_event_that_meets_the_end_of_a_wait_is_the_answer_to_its_end()
    {
        await WaitAsync("https://callback/1");
        await Client.Raise("execution-1", "approval", "yes", Token);

        Assert.Equal("""{"raised":true,"payload":"yes"}""", await WaitAsync("https://callback/1", expired: true));
    }

    [Fact]
    public async Task Mailboxes_in_Firestore_are_written_only_when_they_are_as_they_were_read()
    {
        var store = new FirestoreMailboxStore(_api);

        Assert.Null(await store.ReadAsync("a/b", Token));
        Assert.True(await store.WriteAsync("a/b", "{\"x\":1}", null, Token));
        Assert.False(await store.WriteAsync("a/b", "{}", null, Token));
        var first = (await store.ReadAsync("a/b", Token))!.Value;
        Assert.Equal("{\"x\":1}", first.Json);
        Assert.True(await store.WriteAsync("a/b", "{\"x\":2}", first.Version, Token));
        Assert.False(await store.WriteAsync("a/b", "{}", first.Version, Token));
    }

    [Fact]
    public async Task The_token_is_asked_for_once()
    {
        await Client.Start("google-client", "in", cancellationToken: Token);
        await Client.Start("google-client", "in", cancellationToken: Token);

        Assert.Equal(1, _google.TokensAsked);
    }

    private async Task<string> WaitAsync(string callback, bool expired = false)
    {
        var request = EventWaitRequest.TryParse(Encoding.UTF8.GetBytes($$"""{"event":"approval","run":"execution-1","callback":"{{callback}}","expired":{{(expired ? "true" : "false")}}}"""));
        return Encoding.UTF8.GetString((await Waits.WaitAsync(_app, request!, Token)).Span);
    }

    private sealed class FakeGoogle : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, (string Body, int Version)> _documents = new();

        public List<string> Started { get; } = [];

        public Dictionary<string, string> Executions { get; } = [];

        public List<(string Address, string Body)> Callbacks { get; } = [];

        public int TokensAsked { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (address.Host == "metadata.google.internal")
            {
                TokensAsked++;
                return Answer(200, """{"access_token":"t","expires_in":3599,"token_type":"Bearer"}""");
            }

            Assert.Equal("Bearer t", request.Headers.Authorization?.ToString());
            return address.Host switch
            {
                "workflowexecutions.googleapis.com" when request.Method == HttpMethod.Post => Start(body),
                "workflowexecutions.googleapis.com" => Executions.TryGetValue(address.Segments[^1], out var found) ? Answer(200, found) : Error(404, "NOT_FOUND"),
                "firestore.googleapis.com" => Document(request.Method, address, body),
                _ => Callback(address, body),
            };
        }

        private HttpResponseMessage Start(string body)
        {
            Started.Add(body);
            return Answer(200, $$"""{"name":"{{Resource}}/executions/execution-{{Started.Count}}","state":"ACTIVE"}""");
        }

        private HttpResponseMessage Callback(Uri address, string body)
        {
            Callbacks.Add((address.ToString(), body));
            return Answer(200, "");
        }

        private HttpResponseMessage Document(HttpMethod method, Uri address, string body)
        {
            var exists = _documents.TryGetValue(address.AbsolutePath, out var document);
            if (method == HttpMethod.Get)
            {
                return exists ? Answer(200, document.Body) : Error(404, "NOT_FOUND");
            }

            var precondition = Uri.UnescapeDataString(address.Query);
            if (precondition == "?currentDocument.exists=false" ? exists : !exists || precondition != $"?currentDocument.updateTime={TimeOf(document.Version)}")
            {
                return exists && precondition.EndsWith("false", StringComparison.Ordinal) ? Error(409, "ALREADY_EXISTS") : Error(400, "FAILED_PRECONDITION");
            }

            var version = document.Version + 1;
            var stored = JsonNode.Parse(body)!;
            stored["updateTime"] = TimeOf(version);
            _documents[address.AbsolutePath] = (stored.ToJsonString(), version);
            return Answer(200, stored.ToJsonString());
        }

        private static string TimeOf(int version) => $"2026-11-21T12:00:{version:00}.123456Z";

        private static HttpResponseMessage Error(int status, string code) => Answer(status, $$$"""{"error":{"code":{{{status}}},"status":"{{{code}}}"}}""");

        private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };
    }
}
