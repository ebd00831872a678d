using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>A function of each source of messages, as emitted code would describe it, which keep what they get.</summary>
internal sealed class TriggersApp
{
    public const string EventType = "com.acme.order.placed";

    public ConcurrentQueue<object> Seen { get; } = new();

    public ConcurrentQueue<InvocationContext> Invocations { get; } = new();

    public CapturedLog Log { get; } = new();

    public Exception? Failure { get; set; }

    public UnknownVersions UnknownVersions { get; set; }

    public string? DeadLetter { get; set; }

    public IOutputBackend? Outputs { get; set; }

    /// <summary>The one thing that was seen.</summary>
    public T Single<T>() => Assert.IsType<T>(Assert.Single(Seen));

    public PortableApp Build() => new(
        "gcp",
        [
            Function("queue", new QueueSource("orders"), MessageReaders.Message(OrdersJson.Default.Order)),
            Function("ordered", new QueueSource("payments", IsOrdered: true), MessageReaders.Message(OrdersJson.Default.Order)),
            Function("stream", new StreamSource("orders"), MessageReaders.Record(OrdersJson.Default.Order)),
            Function("device", new DeviceSource("devices/+/telemetry"), MessageReaders.Device(OrdersJson.Default.Order)),
            Function("created", new StorageSource("uploads", StorageChange.Created, "in/", ".json"), MessageReaders.Object),
            Function("deleted", new StorageSource("uploads", StorageChange.Deleted), MessageReaders.Object),
            Function("event", new EventSource(EventType, 2, UnknownVersions), MessageReaders.Event(OrdersJson.Default.Order)),
            Function("table", new TableSource("orders"), MessageReaders.Row(DocumentsJson.Default.JsonObject)),
            new ScheduleFunction("schedule", "*/5 * * * *", call =>
            {
                Seen.Enqueue(call.Scheduled);
                return default;
            }),
        ],
        [],
        app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(Log)),
        outputs: Outputs);

    public async Task<GcpFixture> StartAsync(string function) => await GcpFixture.StartAsync(Build(), function);

    /// <summary>Hands an event over as the emitted class does that the vendor's framework calls.</summary>
    public async Task HandleAsync(string function, object? data, params (string Name, string Value)[] attributes)
    {
        await using var app = Build();
        await new GcpFunction(app, function).HandleEventAsync(
            attributes.Select(static attribute => KeyValuePair.Create(attribute.Name, attribute.Value)), data, TestContext.Current.CancellationToken);
    }

    private MessageFunction Function<T>(string name, MessageSource source, MessageReader<T> reader) => new(name, source, call =>
    {
        Invocations.Enqueue(call.Context);
        return call.ForEachAsync(reader, (_, message) =>
        {
            Seen.Enqueue(message!);
            return Failure is { } failure ? throw failure : default;
        });
    }, deadLetter: DeadLetter);
}
