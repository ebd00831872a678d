using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portable.Aws.RuntimeApi;
using Portable.Aws.Services;
using Portable.Aws.Workflows;
using Portable.Runtime;
using Portable.TestKit;
using Xunit;

namespace Portable.Aws.Tests;

/// <summary>What an operations team asks of a function: whose trace, which correlation id, which secrets, and why it does not start.</summary>
public sealed class OperationsTests
{
    private const string Sender = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"x-correlation-id":"c-1","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","tracestate":"v=1"}""", "c-1", Sender, "v=1")]
    [InlineData("""{"X-Correlation-Id":"c 1"}""", "5759e988bd862e3fe1be46a994272793", Samples.TraceParent, null)]
    [InlineData("{}", "5759e988bd862e3fe1be46a994272793", Samples.TraceParent, null)]
    public async Task A_request_brings_its_correlation_and_trace(string headers, string correlation, string trace, string? state)
    {
        (string, string?, string?) seen = default;
        var app = PortableApp.WithoutServices("aws", [new HttpFunction("F", "GET", "/f", call =>
        {
            seen = (call.Context.CorrelationId, call.Context.TraceParent, call.Context.TraceState);
            return new(HttpReply.Status(204));
        })], []);
        await InvokeAsync(app, Samples.Http("GET", "/f", headers: headers, routeKey: "GET /f"));
        Assert.Equal((correlation, trace, state), seen);
    }

    [Fact]
    public async Task A_message_brings_what_its_sender_said_or_what_its_senders_sdk_did()
    {
        var seen = new ConcurrentQueue<string>();
        var app = PortableApp.WithoutServices("aws", [new MessageFunction("F", new QueueSource("q") { BatchSize = 3 }, call => call.ForEachAsync(static received => received.Id, (inner, id) =>
        {
            seen.Enqueue($"{id} {inner.Context.CorrelationId} {inner.Context.TraceParent}");
            return default;
        }))], []);
        await InvokeAsync(app, $$"""
            {"Records":[
              {"messageId":"1","body":"{}","attributes":{"AWSTraceHeader":"Root=1-aaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbb;Parent=1111111111111111;Sampled=0"},
               "messageAttributes":{"traceparent":{"stringValue":"{{Sender}}","dataType":"String"},"portable-correlation-id":{"stringValue":"c-1","dataType":"String"} } },
              {"messageId":"2","body":"{}","attributes":{"AWSTraceHeader":"Root=1-aaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbb;Parent=1111111111111111;Sampled=0"},"messageAttributes":{} },
              {"messageId":"3","body":"{}","attributes":{"AWSTraceHeader":"nonsense"},"messageAttributes":{} }]}
            """);
        Assert.Equal(
            [
                $"1 c-1 {Sender}",
                "2 aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbb 00-aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbb-1111111111111111-00",
                $"3 5759e988bd862e3fe1be46a994272793 {Samples.TraceParent}",
            ],
            seen);
    }

    [Theory]
    [InlineData(Samples.TraceParent, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0")]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void A_traceparent_becomes_x_rays_header(string? traceParent, string? expected)
    {
        Assert.Equal(expected, XRayTrace.FromTraceParent(traceParent));
        Assert.Equal(expected is null ? null : traceParent, XRayTrace.ToTraceParent(XRayTrace.FromTraceParent(traceParent)));
    }

    [Fact]
    public async Task A_run_of_step_functions_carries_the_trace_of_whoever_starts_it()
    {
        var service = new FakeAws((_, _) => (200, "{}"));
        var api = new AwsApi(new HttpClient(service), TimeProvider.System, static () => new AwsCredentials("key", "secret", null), "eu-west-1");
        var definition = new WorkflowDefinition("traced-flow", static _ => Task.FromResult(StepCall.NoOutput), []);
        var app = new PortableApp("aws", [new HttpFunction("F", "GET", "/f", static async call =>
        {
            await call.Context.Services.GetRequiredService<IWorkflowClient>().Start("traced-flow", 1, "run-1");
            return HttpReply.Status(204);
        })], [definition], builder => builder.Services.AddSingleton<IWorkflowClient>(new AwsWorkflowClient([definition], api, null!)));
        Environment.SetEnvironmentVariable("PORTABLE_WORKFLOW_TRACED_FLOW_ARN", "arn:aws:states:eu-west-1:1:stateMachine:traced-flow");
        await InvokeAsync(app, Samples.Http("GET", "/f", routeKey: "GET /f"));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", Assert.Single(service.Bodies).GetProperty("traceHeader").GetString());
    }

    [Fact]
    public async Task Secrets_manager_is_asked_by_name_or_by_what_a_variable_says()
    {
        var service = new FakeAws((target, id) => (target, id) switch
        {
            ("secretsmanager.GetSecretValue", "payment-key") => (200, """{"ARN":"arn:1","Name":"payment-key","SecretString":"of the manager"}"""),
            ("secretsmanager.GetSecretValue", "arn:moved") => (200, """{"SecretBinary":"YmluYXJ5"}"""),
            ("secretsmanager.GetSecretValue", "denied") => (400, """{"__type":"AccessDeniedException","Message":"not authorized"}"""),
            _ => (400, """{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}"""),
        });
        var api = new AwsApi(new HttpClient(service), new ManualTimeProvider(), static () => new AwsCredentials("key", "secret", null), "eu-west-1");
        var source = new AwsSecrets(api, name => name == "PORTABLE_SECRET_MOVED_KEY_ID" ? "arn:moved" : null);
        Assert.Equal("of the manager", await source.FindAsync("payment-key", Token));
        Assert.Equal("binary", await source.FindAsync("moved-key", Token));
        Assert.Null(await source.FindAsync("nothing", Token));
        Assert.All(service.ContentTypes, static type => Assert.Equal("application/x-amz-json-1.1", type));
        Assert.All(service.Hosts, static host => Assert.Equal("secretsmanager.eu-west-1.amazonaws.com", host));
        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.FindAsync("denied", Token));
        Assert.Equal("AWS Secrets Manager as 'denied': AccessDeniedException: not authorized", e.Message);
    }

    [Fact]
    public async Task A_missing_secret_is_an_initialisation_error_that_names_it()
    {
        var app = new PortableApp("aws", [new HttpFunction("Pay", "GET", "/", static _ => new(HttpReply.Status(204)))], [],
            secrets: new SecretsDefinition(null, new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["absent-key"] }));
        await using var runtime = new InProcessRuntime("Pay", app: app);
        Assert.Equal(1, await runtime.Loop);
        var error = await runtime.Api.InitError.Task;
        Assert.Equal("Portable.StartFailed", error.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Contains("The secret 'absent-key' is missing: it is looked for in the environment variable PORTABLE_SECRET_ABSENT_KEY.", error.Body, StringComparison.Ordinal);
    }

    private static async Task InvokeAsync(PortableApp app, string payload)
    {
        var invoker = new LambdaInvoker(app, app.Functions[0]);
        await invoker.InvokeAsync(Encoding.UTF8.GetBytes(payload), "id", null, Samples.Trace, new PostBuffer());
    }

    private sealed class FakeAws(Func<string, string?, (int Status, string Body)> answer) : HttpMessageHandler
    {
        public List<JsonElement> Bodies { get; } = [];

        public List<string> ContentTypes { get; } = [];

        public List<string> Hosts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)).RootElement;
            Bodies.Add(body);
            ContentTypes.Add(request.Content.Headers.ContentType!.ToString());
            Hosts.Add(request.RequestUri!.Host);
            var (status, text) = answer(request.Headers.NonValidated["x-amz-target"].ToString(), body.TryGetProperty("SecretId", out var id) ? id.GetString() : null);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text) };
        }
    }
}
