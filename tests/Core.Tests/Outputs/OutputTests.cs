#pragma warning disable xUnit1051 // nothing here waits: what is sent stays in memory
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Core.Tests.Outputs;

public sealed class OutputTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private readonly RecordingBackend _backend = new();

    [Fact]
    public async Task A_message_carries_its_json_and_where_it_comes_from()
    {
        await using var app = App();
        await using var context = new InvocationContext(app, "f", "run-1", traceParent: Trace);
        var queue = context.Services.GetQueue<Order>("orders");
        var id = await queue.Send(new Order("a", 3), new SendOptions { Attributes = new Dictionary<string, string> { ["tenant"] = "blue" }, Delay = TimeSpan.FromMinutes(1), Group = "g", DeduplicationId = "d" });
        Assert.Equal(("sent-1", "orders"), (id, queue.Name));
        var (name, message) = Assert.Single(_backend.Messages);
        Assert.Equal("orders", name);
        Assert.Equal("""{"order_id":"a","quantity":3}""", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal((TimeSpan.FromMinutes(1), "g", "d"), (message.Delay, message.Group, message.DeduplicationId));
        Assert.Equal("blue", message.Attributes["tenant"]);
        Assert.Equal(Trace, message.Attributes["traceparent"]);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", message.Attributes["portable-correlation-id"]);
    }

    [Fact]
    public async Task The_span_that_runs_wins_over_the_callers()
    {
        await using var app = App().WithTelemetry();
        await using var context = new InvocationContext(app, "f", "run-1", traceParent: Trace);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        await context.Services.GetQueue<int>("orders").Send(1);
        Assert.Equal(activity.TraceId.ToHexString(), _backend.Messages[0].Message.Attributes["traceparent"][3..35]); // the span itself, or that of sending where somebody listens
    }

    [Fact]
    public async Task Invocations_at_the_same_time_do_not_mix_and_without_a_trace_the_invocation_correlates()
    {
        await using var app = App();
        await using var first = new InvocationContext(app, "f", "first");
        await using var second = new InvocationContext(app, "f", "second");
        var queues = (first.Services.GetQueue<int>("orders"), second.Services.GetQueue<int>("orders"));
        await queues.Item1.Send(1);
        await queues.Item2.Send(2);
        Assert.Equal(["first", "second"], _backend.Messages.Select(sent => sent.Message.Attributes["portable-correlation-id"]));
    }

    [Theory]
    [InlineData("tenant", "a\r\nx: y", "control character")]
    [InlineData("tenant", "", "is empty")]
    [InlineData("ten ant", "x", "may have letters")]
    [InlineData("tenant\r\nx", "x", "may have letters")]
    [InlineData(".tenant", "x", "begin or end with '.'")]
    [InlineData("AWS.tenant", "x", "is kept for the platform")]
    [InlineData("googclient", "x", "is kept for the platform")]
    [InlineData("portable-correlation-id", "x", "is kept for the platform")]
    [InlineData("TraceParent", "x", "is kept for the platform")]
    public async Task An_attribute_that_some_cloud_would_refuse_or_misread_is_not_sent(string name, string value, string problem)
    {
        await using var app = App();
        var queue = app.Services.GetQueue<int>("orders");
        var e = await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Attributes = new Dictionary<string, string> { [name] = value } }));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Empty(_backend.Messages);
    }

    [Fact]
    public async Task Too_many_attributes_too_long_ones_and_delays_out_of_range_are_not_sent()
    {
        await using var app = App();
        var queue = app.Services.GetQueue<int>("orders");
        var nine = Enumerable.Range(0, 9).ToDictionary(i => $"a{i}", i => "x");
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Attributes = nine }));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Attributes = new Dictionary<string, string> { ["a"] = new('ü', 513) } }));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Attributes = new Dictionary<string, string> { ["a"] = "\ud800" } }));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["A"] = "2" } }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.Send(1, new SendOptions { Delay = TimeSpan.FromMinutes(16) }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.Send(1, new SendOptions { Delay = TimeSpan.FromTicks(-1) }));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { Group = "a b" }));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.Send(1, new SendOptions { DeduplicationId = "" }));
        Assert.Empty(_backend.Messages);
        await queue.Send(1, new SendOptions { Attributes = nine.Take(8).ToDictionary(), Delay = TimeSpan.FromMinutes(15) });
        Assert.Single(_backend.Messages);
    }

    [Theory]
    [InlineData("Orders")]
    [InlineData("or")]
    [InlineData("a--b")]
    [InlineData("../../etc")]
    [InlineData("-ab")]
    [InlineData("ab-")]
    [InlineData("orders?x=1")]
    public async Task A_name_that_no_compiler_checked_is_checked_here(string name)
    {
        await using var app = App();
        Assert.Contains("3 to 63", Assert.Throws<ArgumentException>(() => app.Services.GetQueue<int>(name)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => app.Services.GetBucket(name));
        Assert.Empty(_backend.Buckets);
    }

    [Fact]
    public async Task An_event_says_what_its_contract_says()
    {
        await using var app = App();
        await using var context = new InvocationContext(app, "f", "run-1", traceParent: Trace);
        var bus = context.Services.GetRequiredService<IEventBus>();
        var id = await bus.Publish(new Placed("a"), new PublishOptions { Subject = "orders/a" });
        var published = Assert.Single(_backend.Events);
        Assert.Equal((id, "portable.acme", "com.acme.placed", 3, "orders/a"), (published.Id, published.Source, published.Type, published.Version, published.Subject));
        Assert.Equal("""{"order_id":"a"}""", Encoding.UTF8.GetString(published.Body.Span));
        Assert.Equal((Trace, "4bf92f3577b34da6a3ce929d0e0e4736"), (published.Attributes["traceparent"], published.Attributes["correlationid"]));
        Assert.Equal("mine", await bus.Publish(new Placed("b"), new PublishOptions { Id = "mine" }));
    }

    [Fact]
    public async Task What_is_no_event_is_not_published()
    {
        await using var app = App();
        var bus = app.Services.GetRequiredService<IEventBus>();
        Assert.Contains("[EventContract", (await Assert.ThrowsAsync<ArgumentException>(() => bus.Publish(new Order("a", 1)))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => bus.Publish(new Placed("a"), new PublishOptions { Subject = "a\nb" }));
        await Assert.ThrowsAsync<ArgumentException>(() => bus.Publish(new Placed("a"), new PublishOptions { Id = "a b" }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => bus.Publish<Placed>(null!));
        Assert.Empty(_backend.Events);
    }

    [Fact]
    public async Task What_workflows_publish_goes_the_same_way()
    {
        await using var app = App();
        await app.Services.GetRequiredService<IEventPublisher>().Publish(new PublishedEvent("1", "portable.flow", "com.acme.placed", 2, """{"a":1}"""));
        Assert.Equal(("1", "portable.flow", "com.acme.placed", 2), (_backend.Events[0].Id, _backend.Events[0].Source, _backend.Events[0].Type, _backend.Events[0].Version));
    }

    [Fact]
    public async Task Services_of_the_application_take_queues_and_buckets_that_the_startup_registers_and_its_own_bus_stays()
    {
        var own = new OwnBus();
        await using var app = new PortableApp("aws", [], [], Configure, outputs: _backend, contracts: [OutputJson.Default]);
        await using var context = new InvocationContext(app, "f", "run-1");
        await context.Services.GetRequiredService<Audit>().Queue.Send(1);
        Assert.Equal(("audit", "run-1"), (_backend.Messages[0].Queue, _backend.Messages[0].Message.Attributes["portable-correlation-id"]));
        _ = context.Services.GetService<IBlobStore>();
        _ = context.Services.GetKeyedService<IBlobStore>("uploads");
        Assert.Equal(["uploads", "uploads"], _backend.Buckets);
        Assert.Same(own, context.Services.GetRequiredService<IEventBus>());

        void Configure(IPortableBuilder builder)
        {
            builder.AddQueue<int>("audit").AddBucket("uploads");
            builder.Services.AddScoped<Audit>().AddSingleton<IEventBus>(own);
        }
    }

    [Fact]
    public async Task An_application_without_a_way_says_so()
    {
        await using var app = new PortableApp("aws", [], []);
        Assert.Contains("no way to queues", Assert.Throws<InvalidOperationException>(() => app.Services.GetQueue<int>("orders")).Message, StringComparison.Ordinal);
        Assert.Null(app.Services.GetService<IEventBus>());
    }

    private PortableApp App() => new("aws", [], [], outputs: _backend, contracts: [OutputJson.Default], name: "acme");

    internal sealed record Order(string OrderId, int Quantity);

    [EventContract("com.acme.placed", Version = 3)]
    internal sealed record Placed(string OrderId);

    private sealed class Audit(IQueue<int> queue)
    {
        public IQueue<int> Queue => queue;
    }

    private sealed class OwnBus : IEventBus
    {
        public Task<string> Publish<T>(T payload, PublishOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult("own");
    }
}

[JsonSerializable(typeof(OutputTests.Order))]
[JsonSerializable(typeof(OutputTests.Placed))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class OutputJson : JsonSerializerContext;
