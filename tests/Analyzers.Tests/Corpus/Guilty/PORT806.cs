//// the payload of a request
namespace Shop;

public sealed class Orders(ILogger<Orders> logger)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public Receipt Place([FromBody] Order order)
    {
        logger.LogInformation("Received {Order}", [|order|]);
        return new Receipt(order.Id, "accepted");
    }
}

//// as JSON
namespace Shop;

public sealed class Orders(ILogger<Orders> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => logger.LogDebug("Body: {Body}", System.Text.Json.JsonSerializer.Serialize([|order|]));
}

//// the body of a message
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Message<Order> message) => Console.WriteLine($"Got {[|message.Body|]}");
}

//// every message of a batch
namespace Shop;

public sealed class Orders(ILogger<Orders> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(IReadOnlyList<Message<Order>> messages)
    {
        foreach (var message in messages)
        {
            logger.LogTrace("Handling {Order}", [|message.Body|]);
        }
    }
}

//// taken apart by the template
namespace Shop;

public sealed class Fulfilment(ILogger<Fulfilment> logger)
{
    [Step]
    public Task Pack(Order order)
    {
        logger.LogInformation("Packing {@Order}", [|order|]);
        return Task.CompletedTask;
    }
}

//// when it fails
namespace Shop;

public sealed class Orders(IOrderStore store, ILogger<Orders> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        try
        {
            await store.Save(order, ct);
        }
        catch (IOException failure)
        {
            logger.LogError(failure, "Saving {Order} failed", [|order|]);
            throw;
        }
    }
}

//// in a helper
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("PUT", "/orders"), AllowAnonymous]
    public static string Put([FromBody] Order order)
    {
        Trace(order);
        return order.Id;
    }

    private static void Trace(Order received) => Console.WriteLine("received " + [|received|]);
}
