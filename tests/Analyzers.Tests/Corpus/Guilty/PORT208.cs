//// a queue
namespace Shop;

public sealed class Intake(IOrderStore orders)
{
    [Function, [|QueueTrigger("orders")|], Idempotent(nameof(Order.Id))]
    public Task Store(Order order, CancellationToken ct) => orders.Save(order, ct);
}

//// a queue with a retry policy
namespace Shop;

public sealed class Intake(IOrderStore orders)
{
    [Function(TimeoutSeconds = 30)]
    [[|QueueTrigger("orders", BatchSize = 10)|]]
    [Retry(MaxAttempts = 3)]
    public async Task<BatchResult> Store(IReadOnlyList<Message<Order>> batch, CancellationToken ct)
    {
        var failed = new List<FailedMessage>();
        foreach (var message in batch)
        {
            try
            {
                await orders.Save(message.Body, ct);
            }
            catch (Exception e)
            {
                failed.Add(new FailedMessage(message.Id, e.Message));
            }
        }

        return BatchResult.Partial(failed);
    }
}

//// files
namespace Shop;

public sealed class Uploads(ILogger<Uploads> logger)
{
    [Function, [|StorageTrigger("uploads", Suffix = ".csv")|]]
    public void Look(StorageEvent file) => logger.LogInformation("{File} has {Size} bytes.", file.Name, file.Size);
}

//// events with a contract
namespace Shop;

[EventContract("com.shop.order.placed", Version = 1)]
public sealed record OrderPlaced(string OrderId);

public static class Greetings
{
    [Function("greet-customer"), [|EventTrigger|]]
    public static void Greet(OrderPlaced placed) => Console.WriteLine(placed.OrderId);
}

//// a stream where Azure is not meant
// property: PortableTargetedClouds=aws,gcp
namespace Shop;

public static class Clicks
{
    [Function, [|StreamTrigger("clicks")|]]
    public static void Count(IReadOnlyList<StreamRecord<Order>> records) => Console.WriteLine(records.Count);
}

//// devices where Azure is not meant
// property: PortableTargetedClouds=aws
namespace Shop;

public static class Scanners
{
    [Function, [|DeviceTrigger("scanners/+/scans")|]]
    public static void Take(DeviceMessage<Order> scan) => Console.WriteLine(scan.DeviceId);
}
