using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portable.AspNet.Tests.Hosts;
using Portable.Local;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Telemetry;

/// <summary>What one line in the startup class exports, read from the wire by a collector that is not OpenTelemetry's.</summary>
public sealed class ExportTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Caller = $"00-{Trace}-00f067aa0ba902b7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_one_trace_through_queue_functions_and_steps()
    {
        await using var collector = await Collector.StartAsync();
        await RunAsync(collector, "01");
        Assert.Contains("POST /v1/traces application/x-protobuf", collector.Requests);
        var spans = collector.Spans.Where(span => span.TraceId == Trace).OrderBy(span => span.Name, StringComparer.Ordinal).ToList(); // other tests run beside this one
        Assert.Equal(["POST /start", "flow-steps Charge", "process work", "send work"], spans.Select(span => span.Name));
        var (request, step, process, send) = (spans[0], spans[1], spans[2], spans[3]);
        Assert.Equal("00f067aa0ba902b7", request.ParentId);
        Assert.Equal(request.SpanId, send.ParentId);
        Assert.Equal(send.SpanId, process.ParentId);
        Assert.Equal(process.SpanId, step.ParentId);
        Assert.Equal([2UL, 2UL, 5UL, 4UL], spans.Select(span => span.Kind)); // server, server, consumer, producer
        Assert.All(spans, span => Assert.Equal(0UL, span.Status));

        Assert.Equal("http", request.Attributes["faas.trigger"]);
        Assert.Equal("true", request.Attributes["faas.coldstart"]);
        Assert.Equal("Start", request.Attributes["faas.name"]);
        Assert.Equal("202", request.Attributes["http.response.status_code"]);
        Assert.Equal("/start", request.Attributes["http.route"]);
        Assert.Equal("false", process.Attributes["faas.coldstart"]);
        Assert.Equal("work", process.Attributes["messaging.destination.name"]);
        Assert.Equal("process", process.Attributes["messaging.operation.type"]);
        Assert.Equal("send", send.Attributes["messaging.operation.type"]);
        Assert.Equal(send.Attributes["messaging.message.id"], process.Attributes["messaging.message.id"]);
        Assert.Equal("call-7", process.Attributes["messaging.message.conversation_id"]);
        Assert.Equal("Charge", step.Attributes["portable.workflow.step"]);
        Assert.Equal("run-1", step.Attributes["portable.workflow.run_id"]);
        Assert.Equal("orders-test", request.Resource["service.name"]);
        Assert.Equal("test", request.Resource["deployment.environment.name"]);
        Assert.DoesNotContain("4111-payload", collector.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_arrive()
    {
        await using var collector = await Collector.StartAsync();
        await RunAsync(collector, "01");
        var metrics = collector.Metrics.Where(metric => metric.Resource["service.name"] == "orders-test").ToDictionary(metric => metric.Name);
        Assert.Equal("s", metrics["faas.invoke_duration"].Unit);
        Assert.True(metrics["faas.invoke_duration"].Sum >= 3);
        Assert.True(metrics["faas.invocations"].Sum >= 3);
        Assert.True(metrics["faas.coldstarts"].Sum >= 1);
    }

    [Fact]
    public async Task A_trace_whose_caller_does_not_sample_exports_nothing()
    {
        await using var collector = await Collector.StartAsync();
        await RunAsync(collector, "00");
        Assert.DoesNotContain(collector.Spans, span => span.TraceId == Trace);
        Assert.DoesNotContain(collector.Spans, span => span.Name is "send work" or "process work" or "flow-steps Charge");
        Assert.NotEmpty(collector.Metrics); // which are not sampled
    }

    [Fact]
    public async Task Nothing_is_watched_while_nobody_says_where_to()
    {
        await using var app = new PortableApp("local", [], [], builder => builder.AddOpenTelemetry(), telemetry: ActivityTelemetry.Instance);
        await app.StartAsync(cancellationToken: Token);
        var exporter = app.Services.GetRequiredService<ITelemetryExporter>();
        exporter.Flush(TimeSpan.FromSeconds(1));
        Assert.False(exporter.FlushesEachInvocation);
    }

    [Theory]
    [InlineData("aws", null, true)]
    [InlineData("aws", "interval", false)]
    [InlineData("gcp", null, false)]
    [InlineData("gcp", "invocation", true)]
    public async Task Where_the_platform_freezes_the_process_everything_is_handed_on_before_the_answer(string cloud, string? said, bool expected)
    {
        await using var collector = await Collector.StartAsync();
        await using var app = new PortableApp(cloud, [new HttpFunction("Flushed", "GET", "/f", _ => new(HttpReply.Status(204)))], [], builder =>
        {
            Configure(builder, collector);
            builder.Configuration["PORTABLE_TELEMETRY_FLUSH"] = said;
            builder.AddOpenTelemetry();
        }, telemetry: ActivityTelemetry.Instance);
        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], new NoRequest(), new InvocationContext(app, "Flushed", "1"));
        Assert.Equal(expected, collector.Spans.Any(span => span.Name == "GET /f"));
        Assert.Equal(expected, app.Services.GetRequiredService<ITelemetryExporter>().FlushesEachInvocation);
    }

    private static async Task RunAsync(Collector collector, string flags)
    {
        await using (var host = await LocalHost.StartAsync(Application(collector), new() { Url = "http://127.0.0.1:0" }, Token))
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/start");
            request.Headers.Add("traceparent", $"{Caller}-{flags}");
            request.Headers.Add("x-correlation-id", "call-7");
            using var response = await http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await host.Queue("work").WhenEmptyAsync(Token);
            Assert.Empty(host.Queue("work").DeadLetters);
            await host.Workflows.Runs.Single().Completion.WaitAsync(Token);
        }
    }

    private static PortableApp Application(Collector collector)
    {
        StepDefinition step = new("Charge", RetryPolicy.Once, OrdersJson.Default.Quote, OrdersJson.Default.Quote, static call => new(call.Payload));
        return new PortableApp(
            "local",
            [
                new HttpFunction("Start", "POST", "/start", static async call =>
                {
                    await call.Context.Services.GetQueue<Order>("work").Send(new Order("4111-payload", 1));
                    return HttpReply.Status(202);
                }),
                new MessageFunction("Work", new QueueSource("work"), static call => call.ForEachAsync(
                    MessageReaders.Message(OrdersJson.Default.Order),
                    static async (inner, message) =>
                    {
                        Assert.Equal("call-7", inner.Context.CorrelationId);
                        await inner.Context.Services.GetRequiredService<IWorkflowClient>().Start("flow", message.Body, "run-1");
                    })),
            ],
            [
                new WorkflowDefinition("flow", static async call =>
                {
                    await call.Flow.RunStep<Quote, Quote>("Charge", new Quote("4111-payload", 1));
                    return StepCall.NoOutput;
                }, [step]) { Input = OrdersJson.Default.Order },
            ],
            builder =>
            {
                Configure(builder, collector);
                builder.AddOpenTelemetry();
            },
            contracts: [OrdersJson.Default],
            telemetry: ActivityTelemetry.Instance);
    }

    private static void Configure(IPortableBuilder builder, Collector collector)
    {
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint;
        builder.Configuration["OTEL_SERVICE_NAME"] = "orders-test";
        builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test";
    }

    private sealed class NoRequest : HttpEnvelope
    {
        public override string Method => "GET";

        public override string Path => "/f";

        public override ReadOnlyMemory<byte> Body => default;

        public override string? Route(string name) => null;

        public override string? Query(string name) => null;

        public override IReadOnlyList<string> QueryAll(string name) => [];

        public override string? Header(string name) => null;
    }
}
