//// a log instead of a failure
namespace Shop;

public sealed class Intake(IOrderStore orders, ILogger<Intake> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Store(Order order, CancellationToken ct)
    {
        logger.LogInformation("Order {Order} arrives.", order.Id);
        try
        {
            await orders.Save(order, ct);
            logger.LogInformation("Order {Order} is stored.", order.Id);
        }
        [|catch (Exception e)|]
        {
            logger.LogError(e, "Order {Order} was not stored.", order.Id);
        }
    }
}

//// a bare catch
namespace Shop;

public static class Cache
{
    [Function, EventTrigger("com.shop.price.changed"), DeadLetter("prices-dead")]
    public static async Task Forget(Order order, [FromServices] IOrderStore orders)
    {
        try
        {
            await orders.Save(order with { Cents = 0 });
        }
        [|catch|]
        {
            // the cache is only a cache
        }
    }
}

//// a batch that goes on with the next message
namespace Shop;

public sealed class Stock(IOrderStore orders, ILogger<Stock> logger)
{
    [Function, QueueTrigger("stock", BatchSize = 10), DeadLetter("stock-dead")]
    public async Task Take(IReadOnlyList<Order> batch, CancellationToken ct)
    {
        foreach (var order in batch)
        {
            try
            {
                await orders.Save(order, ct);
            }
            [|catch (Exception e)|]
            {
                logger.LogError(e, "Order {Order} failed.", order.Id);
                continue;
            }
        }
    }
}

//// success in spite of all
namespace Shop;

public sealed class Stock(IOrderStore orders)
{
    [Function, StreamTrigger("stock", BatchSize = 10), DeadLetter("stock-dead")]
    public async Task<BatchResult> Take(IReadOnlyList<StreamRecord<Order>> batch, CancellationToken ct)
    {
        try
        {
            foreach (var record in batch)
            {
                await orders.Save(record.Body, ct);
            }

            return BatchResult.Success;
        }
        [|catch (Exception e)|]
        {
            Console.Error.WriteLine(e);
            return BatchResult.Success;
        }
    }
}

//// a nightly job that never fails
namespace Shop;

public sealed class Nightly(IOrderStore orders, ILogger<Nightly> logger)
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public async Task Expire(ScheduledEvent due, CancellationToken ct)
    {
        using var scope = logger.BeginScope(due.ScheduledTime);
        try
        {
            if (await orders.Find("oldest", ct) is { } order)
            {
                await orders.Save(order, ct);
            }
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        [|catch (Exception e)|]
        {
            logger.LogCritical(e, "Nothing was expired.");
        }
        finally
        {
            logger.LogInformation("The night is over.");
        }
    }
}

//// a file that is not taken in
using System.Diagnostics;

namespace Shop;

public sealed class Uploads([Bucket("uploads")] IBlobStore uploads, [Bucket("kept")] IBlobStore kept)
{
    [Function, StorageTrigger("uploads"), DeadLetter("uploads-dead")]
    public async Task Keep(StorageEvent file, CancellationToken ct)
    {
        using var activity = Activity.Current;
        try
        {
            if (await uploads.Get(file.Name, ct) is { } blob)
            {
                await kept.Put(file.Name, blob.Content, cancellationToken: ct);
            }
        }
        [|catch (Exception e)|]
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return;
        }
    }
}
