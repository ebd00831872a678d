using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Benchmarks.Hosts;

/// <summary>What both programs take.</summary>
internal sealed record Order(string Customer, IReadOnlyList<Line> Lines, string? Note);

/// <summary>A line of it.</summary>
internal sealed record Line(string Sku, int Quantity, long Cents);

/// <summary>What both answer.</summary>
internal sealed record Receipt(string Id, string Customer, int Items, long TotalCents)
{
    public static Receipt Of(string id, Order order)
    {
        var items = 0;
        var total = 0L;
        foreach (var line in order.Lines)
        {
            items += line.Quantity;
            total += line.Quantity * line.Cents;
        }

        return new Receipt(id, order.Customer, items, total);
    }
}

/// <summary>A push of Pub/Sub, as a program without a library would read it.</summary>
internal sealed record Push(PushedMessage Message, string? Subscription, int? DeliveryAttempt);

/// <summary>Its message.</summary>
internal sealed record PushedMessage(byte[] Data, string MessageId, DateTimeOffset PublishTime, Dictionary<string, string>? Attributes);

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(Push))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class HostsJson : JsonSerializerContext;
