using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Testing.Tests.Functions;

// Functions as a user writes them, of every trigger; the generator runs on this project.

public sealed record Loaf(string Id, int Grams);

public sealed record Baked(string Id, string Oven);

[EventContract("com.bakery.loaf.sold", Version = 2)]
public sealed record LoafSold(string Id, int Cents);

public sealed record Temperature(double Celsius);

public sealed record StockRow(string Id, int Count);

[JsonSerializable(typeof(Loaf))]
[JsonSerializable(typeof(Baked))]
[JsonSerializable(typeof(LoafSold))]
[JsonSerializable(typeof(Temperature))]
[JsonSerializable(typeof(StockRow))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
public sealed partial class BakeryJson : JsonSerializerContext;

/// <summary>What the functions tell the test.</summary>
public interface IBakeryBook
{
    void Write(string line);
}

public sealed class SilentBook : IBakeryBook
{
    public void Write(string line)
    {
    }
}

public sealed class BakeryFunctions([Queue("oven")] IQueue<Loaf> oven, IEventBus events, [Bucket("receipts")] IBlobStore receipts, IBakeryBook book)
{
    [Function("order-loaf"), HttpTrigger("POST", "/loaves"), AllowAnonymous]
    public async Task<HttpResult<Loaf>> Order([FromBody] Loaf loaf, CancellationToken cancellationToken)
    {
        await oven.Send(loaf, new SendOptions { Attributes = new Dictionary<string, string> { ["shop"] = "north" } }, cancellationToken);
        return HttpResult.Accepted(loaf);
    }

    [Function("bake"), QueueTrigger("oven"), Retry(MaxAttempts = 3, IntervalSeconds = 60), DeadLetter("burnt")]
    public async Task Bake(Message<Loaf> message, [Queue("shelf")] IQueue<Baked> shelf, [FromHeader(Name = "shop")] string? shop)
    {
        book.Write($"bake {message.Body.Id} {message.DeliveryCount} {shop}");
        if (message.Body.Grams > 5000 || (message.Body.Grams > 1000 && message.DeliveryCount < 3))
        {
            throw new InvalidOperationException("too large for the oven");
        }

        await shelf.Send(new Baked(message.Body.Id, "left"));
        await receipts.Put($"{message.Body.Id}.txt", "paid"u8.ToArray(), "text/plain");
        await events.Publish(new LoafSold(message.Body.Id, 350));
    }

    [Function("count-sales"), EventTrigger]
    public void Sold(LoafSold sold) => book.Write($"sold {sold.Id} {sold.Cents}");

    [Function("file-receipt"), StorageTrigger("receipts", Suffix = ".txt")]
    public void File(StorageEvent receipt) => book.Write($"receipt {receipt.Name} {receipt.Size}");

    [Function("watch-oven"), DeviceTrigger("ovens/+/temperature")]
    public void Watch(DeviceMessage<Temperature> message) => book.Write($"oven {message.DeviceId} {message.Body.Celsius}");

    [Function("restock"), TableTrigger("stock")]
    public void Restock(TableChange<StockRow> change) => book.Write($"stock {change.Key} {change.Old?.Count}>{change.New?.Count}");

    [Function("till"), StreamTrigger("till")]
    public void Till(StreamRecord<Loaf> record) => book.Write($"till {record.PartitionKey} {record.Body.Id}");

    [Function("light-ovens"), ScheduleTrigger("0 4 * * *", TimeZone = "Europe/Berlin")]
    public void Light(ScheduledEvent scheduled) => book.Write($"light {scheduled.ScheduledTime:HH:mm}");

    [Function("count-cash"), ScheduleTrigger("0 20 * * *", TimeZone = "Europe/Berlin"), Retry(MaxAttempts = 2, IntervalSeconds = 60)]
    public void Cash(InvocationContext context)
    {
        book.Write($"cash {context.Attempt}");
        if (context.Attempt == 1)
        {
            throw new InvalidOperationException("miscounted");
        }
    }
}
