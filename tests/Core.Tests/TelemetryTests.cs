using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Core.Tests;

/// <summary>What OpenTelemetry sees of invocations: names and values are those of its semantic conventions.</summary>
[Collection("listeners")] // who listens, listens to the whole process
public sealed class TelemetryTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Trace = $"00-{TraceId}-00f067aa0ba902b7-01";

    [Fact]
    public async Task A_request_is_a_span_of_its_callers_trace()
    {
        using var watcher = new Watcher("Http1");
        var app = Application(new HttpFunction("Http1", "POST", "/orders/{id}", _ => new(HttpReply.Status(201))));
        await Request(app, Trace);
        var span = Assert.Single(watcher.Spans);
        Assert.Equal("POST /orders/{id}", span.DisplayName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(TraceId, span.TraceId.ToHexString());
        Assert.Equal("00f067aa0ba902b7", span.ParentSpanId.ToHexString());
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(new Dictionary<string, object?>
        {
            ["faas.trigger"] = "http",
            ["faas.name"] = "Http1",
            ["faas.invocation_id"] = "i-1",
            ["faas.coldstart"] = true,
            ["http.request.method"] = "POST",
            ["http.route"] = "/orders/{id}",
            ["url.path"] = "/",
            ["http.response.status_code"] = 201,
        }, Tags(span));
    }

    [Fact]
    public async Task A_failed_request_tells_the_type_of_the_exception_and_nothing_of_its_message()
    {
        using var watcher = new Watcher("Http2");
        var app = Application(new HttpFunction("Http2", "GET", "/", _ => throw new InvalidOperationException("card 4111")));
        await Request(app, Trace);
        var span = Assert.Single(watcher.Spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
        Assert.Empty(span.Events);
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("4111", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task A_refusal_is_no_error_and_a_server_error_without_exception_is_its_status()
    {
        using var watcher = new Watcher("Http3");
        await Request(Application(new HttpFunction("Http3", "GET", "/", _ => new(HttpReply.Problem(404)))), Trace);
        await Request(Application(new HttpFunction("Http3", "GET", "/", _ => new(HttpReply.Problem(503)))), Trace);
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], watcher.Spans.Select(span => span.Status));
        Assert.Equal([null, "503"], watcher.Spans.Select(span => span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_is_passed_on_and_not_recorded()
    {
        using var watcher = new Watcher("Http4", respectParents: true);
        string? outgoing = null;
        var app = Application(new HttpFunction("Http4", "GET", "/", call =>
        {
            outgoing = call.Context.OutgoingTraceParent;
            return new(HttpReply.Status(204));
        }));
        await Request(app, $"00-{TraceId}-00f067aa0ba902b7-00", ("tracestate", "vendor=1"));
        Assert.StartsWith($"00-{TraceId}-", outgoing, StringComparison.Ordinal);
        Assert.EndsWith("-00", outgoing, StringComparison.Ordinal);
        Assert.DoesNotContain(watcher.Spans, static span => span.Recorded);
    }

    [Fact]
    public async Task One_message_continues_the_trace_of_its_sender()
    {
        using var watcher = new Watcher("Queue1");
        var app = Application(new MessageFunction("Queue1", new QueueSource("orders"), static call => call.ForEachAsync(Text, static (_, _) => default)));
        await Deliver(app, "00-11111111111111111111111111111111-2222222222222222-01", Message("m-1", Trace));
        var span = Assert.Single(watcher.Spans);
        Assert.Equal("process orders", span.DisplayName);
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal(Trace, $"00-{span.TraceId}-{span.ParentSpanId}-01");
        Assert.Equal("11111111111111111111111111111111", Assert.Single(span.Links).Context.TraceId.ToHexString());
        Assert.Equal(new Dictionary<string, object?>
        {
            ["faas.trigger"] = "pubsub",
            ["faas.name"] = "Queue1",
            ["faas.invocation_id"] = "i-1",
            ["faas.coldstart"] = true,
            ["messaging.system"] = "aws_sqs",
            ["messaging.destination.name"] = "orders",
            ["messaging.operation.name"] = "process",
            ["messaging.operation.type"] = "process",
            ["messaging.message.id"] = "m-1",
            ["messaging.message.conversation_id"] = TraceId,
        }, Tags(span));
    }

    [Fact]
    public async Task A_batch_links_its_messages_each_of_which_is_a_span_of_its_own_trace()
    {
        using var watcher = new Watcher("Queue2");
        var sent = new List<string?>();
        var app = Application(new MessageFunction("Queue2", new QueueSource("orders") { BatchSize = 10 }, call => call.ForEachAsync(Text, (inner, id) =>
        {
            sent.Add(inner.Context.OutgoingTraceParent);
            return id == "m-2" ? throw new TimeoutException("of m-2") : default;
        })));
        const string Other = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01";
        await Deliver(app, null, Message("m-1", Trace), Message("m-2", Other), Message("m-3", null));
        Assert.Equal(4, watcher.Spans.Count);
        var delivery = watcher.Spans[^1];
        Assert.Equal(3, delivery.GetTagItem("messaging.batch.message_count"));
        Assert.Null(delivery.GetTagItem("messaging.message.id"));
        Assert.Equal([TraceId, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], delivery.Links.Select(link => link.Context.TraceId.ToHexString()));
        Assert.Equal(ActivityStatusCode.Error, delivery.Status);
        Assert.Equal("System.TimeoutException", delivery.GetTagItem("error.type"));

        Assert.Equal(["m-1", "m-2", "m-3"], watcher.Spans.Take(3).Select(span => span.GetTagItem("messaging.message.id")));
        Assert.Equal([TraceId, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", delivery.TraceId.ToHexString()], watcher.Spans.Take(3).Select(span => span.TraceId.ToHexString()));
        Assert.Equal([null, "System.TimeoutException", null], watcher.Spans.Take(3).Select(span => span.GetTagItem("error.type")));
        Assert.Equal(delivery.SpanId, Assert.Single(watcher.Spans[0].Links).Context.SpanId);
        Assert.Equal(watcher.Spans.Take(3).Select(span => span.Id), sent);
    }

    [Fact]
    public async Task A_step_is_a_span_whose_error_is_its_code()
    {
        using var watcher = new Watcher("flow-steps");
        var step = new StepDefinition("Charge", RetryPolicy.Create(1), null, null, static _ => throw new StepFailed("CardDeclined", "card 4111"));
        var app = Application(new StepsFunction("flow-steps", [step]));
        var context = new InvocationContext(app, "flow-steps", "i-1", attempt: 2, traceParent: Trace, runId: "run-7");
        await new FunctionInvoker(app).InvokeAsync((StepsFunction)app.Functions[0], new StepRequest("Charge", StepCall.NoOutput, "run-7", 2), context);
        var span = Assert.Single(watcher.Spans);
        Assert.Equal("flow-steps Charge", span.DisplayName);
        Assert.Equal(TraceId, span.TraceId.ToHexString());
        Assert.Equal("CardDeclined", span.GetTagItem("error.type"));
        Assert.Equal("other", span.GetTagItem("faas.trigger"));
        Assert.Equal("run-7", span.GetTagItem("portable.workflow.run_id"));
        Assert.Equal(2, span.GetTagItem("portable.attempt"));
    }

    [Fact]
    public async Task A_schedule_is_a_span_with_its_cron_expression()
    {
        using var watcher = new Watcher("Sweep1");
        var app = Application(new ScheduleFunction("Sweep1", "0 3 * * *", static _ => default));
        await new FunctionInvoker(app).InvokeAsync((ScheduleFunction)app.Functions[0], new ScheduledEvent(DateTimeOffset.UnixEpoch), new InvocationContext(app, "Sweep1", "i-1"));
        var span = Assert.Single(watcher.Spans);
        Assert.Equal("timer", span.GetTagItem("faas.trigger"));
        Assert.Equal("0 3 * * *", span.GetTagItem("faas.cron"));
        Assert.Equal(default, span.ParentSpanId);
    }

    [Fact]
    public async Task Metrics_count_what_happens()
    {
        using var watcher = new Watcher("Metered");
        var clock = new ManualTimeProvider();
        var fail = false;
        var app = new PortableApp("aws", [new MessageFunction("Metered", new QueueSource("q"), _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(0.25));
            return fail ? throw new TimeoutException() : new(BatchResult.Success);
        })], [], time: clock).WithTelemetry();
        await Deliver(app, null, Message("1", null));
        fail = true;
        await new FunctionInvoker(app).InvokeAsync((MessageFunction)app.Functions[0], [Message("1", null)], new InvocationContext(app, "Metered", "i-2", attempt: 2));
        Assert.Equal(
            ["faas.coldstarts 1", "faas.invocations 1", "faas.invoke_duration 0.25", "portable.retries 1", "faas.errors 1 System.TimeoutException", "faas.invoke_duration 0.25 System.TimeoutException"],
            watcher.Metrics.Select(metric => $"{metric.Name} {metric.Value}{(metric.Tags.TryGetValue("error.type", out var error) ? " " + error : "")}"));
        Assert.All(watcher.Metrics, metric => Assert.Equal("pubsub", metric.Tags["faas.trigger"]));
    }

    [Fact]
    public async Task A_deadline_counts_as_timeout()
    {
        using var watcher = new Watcher("Late");
        var clock = new ManualTimeProvider();
        var app = new PortableApp("aws", [new HttpFunction("Late", "GET", "/", call =>
        {
            var token = call.Context.CancellationToken;
            clock.Advance(TimeSpan.FromSeconds(10));
            token.ThrowIfCancellationRequested();
            return new(HttpReply.Status(204));
        })], [], time: clock).WithTelemetry();
        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], new FakeEnvelope(), new InvocationContext(app, "Late", "1", deadline: clock.GetUtcNow().AddSeconds(3)));
        Assert.Single(watcher.Metrics, static metric => metric.Name == "faas.timeouts");
        Assert.Equal(504, Assert.Single(watcher.Spans).GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task What_fails_while_services_are_disposed_is_seen()
    {
        using var watcher = new Watcher("Undisposable");
        await using var app = new PortableApp("aws", [new HttpFunction("Undisposable", "GET", "/", call =>
        {
            call.Context.Services.GetRequiredService<Undisposable>();
            return new(HttpReply.Status(204));
        })], [], builder => builder.Services.AddScoped<Undisposable>()).WithTelemetry();
        await Assert.ThrowsAsync<TimeoutException>(() => Request(app, null));
        Assert.Equal("System.TimeoutException", Assert.Single(watcher.Spans).GetTagItem("error.type"));
    }

    [Fact]
    public async Task Nobody_is_told_of_an_application_that_is_not_watched()
    {
        using var watcher = new Watcher("Unwatched");
        var app = PortableApp.WithoutServices("aws", [new HttpFunction("Unwatched", "GET", "/", _ => new(HttpReply.Status(204)))], []);
        await Request(app, Trace);
        Assert.Null(app.Telemetry);
        Assert.Empty(watcher.Spans);
        Assert.Empty(watcher.Metrics);
    }

    private static PortableApp Application(FunctionDefinition function) => new PortableApp("aws", [function], []).WithTelemetry();

    private static string Text(ReceivedMessage message) => message.Id;

    private static ReceivedMessage Message(string id, string? traceParent) =>
        new(id, Encoding.UTF8.GetBytes("{}"), Attributes: traceParent is null ? null : new Dictionary<string, string> { ["traceparent"] = traceParent });

    private static async Task Request(PortableApp app, string? traceParent, params (string Name, string Value)[] headers)
    {
        var envelope = new FakeEnvelope();
        foreach (var (name, value) in headers)
        {
            envelope.Headers[name] = value;
        }

        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], envelope, new InvocationContext(app, app.Functions[0].Name, "i-1", traceParent: traceParent));
    }

    private static async Task Deliver(PortableApp app, string? traceParent, params ReceivedMessage[] messages) =>
        await new FunctionInvoker(app).InvokeAsync((MessageFunction)app.Functions[0], messages, new InvocationContext(app, app.Functions[0].Name, "i-1", traceParent: traceParent));

    private static Dictionary<string, object?> Tags(Activity span) => span.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);

    private sealed class Undisposable : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throw new TimeoutException();
    }
}
