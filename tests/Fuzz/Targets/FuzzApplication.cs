using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;

namespace Portable.Fuzz.Targets;

/// <summary>A payload with a bit of everything.</summary>
public sealed record FuzzOrder(string Id, int Quantity, decimal Total, DateTimeOffset? At, IReadOnlyList<FuzzLine>? Lines, IReadOnlyDictionary<string, string>? Tags);

/// <summary>A part of it.</summary>
public sealed record FuzzLine(string Sku, int Quantity);

[JsonSerializable(typeof(FuzzOrder))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class FuzzJson : JsonSerializerContext;

/// <summary>
/// One function of every trigger. Their handlers touch everything that they are given and never fail, so that a failure that the pipeline logs is ours.
/// </summary>
internal static class FuzzApplication
{
    /// <summary>The application, with the log of what the pipeline says.</summary>
    public static PortableApp Create(string cloud, FuzzLog log) => new(
        cloud,
        [
            new HttpFunction("Place", "*", "/orders/{id}/{*rest}", PlaceAsync),
            new MessageFunction("Queue", new QueueSource("orders") { BatchSize = 10 }, Each(MessageReaders.Message(FuzzJson.Default.FuzzOrder), static message => Touch(message.Body, message.Attributes))),
            new MessageFunction("Stream", new StreamSource("orders") { BatchSize = 10 }, Each(MessageReaders.Record(FuzzJson.Default.FuzzOrder), static record => Touch(record.Body, record.Attributes))),
            new MessageFunction("Storage", new StorageSource("uploads"), Each(MessageReaders.Object, static change => change.Name.Length + change.Bucket.Length)),
            new MessageFunction("Event", new EventSource("com.acme.order.placed"), Each(MessageReaders.Event(FuzzJson.Default.FuzzOrder), static placed => Touch(placed.Data, placed.Attributes) + placed.Source.Length)),
            new MessageFunction("Table", new TableSource("orders") { BatchSize = 10 }, Each(MessageReaders.Row(FuzzJson.Default.FuzzOrder), static row => Touch(row.New, null) + Touch(row.Old, null) + row.Key.Length)),
            new MessageFunction("Device", new DeviceSource("devices/+/orders"), Each(MessageReaders.Device(FuzzJson.Default.FuzzOrder), static message => Touch(message.Body, message.Attributes))),
            new ScheduleFunction("Schedule", "0 3 * * *", static call => call.Scheduled.ScheduledTime.Year < 0 ? throw new InvalidOperationException() : default),
            new StepsFunction("Steps", [new StepDefinition("Charge", RetryPolicy.Once, FuzzJson.Default.FuzzOrder, FuzzJson.Default.FuzzOrder, ChargeAsync)]),
        ],
        [],
        app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log)));

    private static ValueTask<HttpReply> PlaceAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var id = binder.Route<string>("id");
        var page = binder.Query("page", 1);
        var at = binder.QueryOrNull<DateTimeOffset>("at");
        var tags = binder.QueryAll<string>("tag");
        var agent = binder.HeaderOrNull("user-agent");
        var order = binder.Body(FuzzJson.Default.FuzzOrder);
        return new(binder.Failed ? binder.Problem()
            : HttpReply.From(HttpResult.Ok(order with { Quantity = page + tags.Length + Touch(order, null) }).WithHeader("Location", "/orders/" + Uri.EscapeDataString(id + agent + at)), FuzzJson.Default.FuzzOrder));
    }

    private static ValueTask<ReadOnlyMemory<byte>> ChargeAsync(StepCall call)
    {
        var order = call.Input(FuzzJson.Default.FuzzOrder);
        Touch(order, null);
        return new(order is null ? StepCall.NoOutput : StepCall.Output(order, FuzzJson.Default.FuzzOrder));
    }

    private static MessageHandler Each<T>(MessageReader<T> reader, Func<T, int> touch) => call => call.ForEachAsync(reader, (_, message) =>
    {
        touch(message);
        return default;
    });

    private static int Touch(FuzzOrder? order, IReadOnlyDictionary<string, string>? attributes) =>
        (order?.Id?.Length ?? 0) + (order?.Lines?.Count ?? 0) + (order?.Tags?.Count ?? 0) + (attributes?.Sum(static pair => pair.Key.Length + pair.Value.Length) ?? 0);
}
