//// an audit that nobody waits for
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public Receipt Place([FromBody] Order order)
    {
        [|_ = Audit(order)|];
        return new Receipt(order.Id, "accepted");
    }

    private Task Audit(Order order) => store.Save(order);
}

//// work on the pool
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports"), AllowAnonymous]
    public static string Build([FromBody] Order order)
    {
        [|Task.Run(() => Console.WriteLine(order.Id))|];
        return "building";
    }
}

//// a continuation
namespace Shop;

public sealed class Orders(IOrderStore store, ILogger<Orders> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) =>
        [|store.Save(order).ContinueWith(_ => logger.LogInformation("saved"))|];
}

//// a forgotten await
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        var known = await store.Find(order.Id, ct);
        if (known is null)
        {
            [|store.Save(order, ct)|];
        }
    }
}

//// a void expression body
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => [|store.Save(order)|];
}

//// for each of a list
namespace Shop;

public sealed class Lines(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => Array.ForEach(order.Lines, line => [|store.Find(line.Sku)|]);
}

//// a long running task of a step
namespace Shop;

public sealed class Fulfilment
{
    [Step]
    public Task Pack(Order order)
    {
        [|Task.Factory.StartNew(() => Console.WriteLine(order.Id), TaskCreationOptions.LongRunning)|];
        return Task.CompletedTask;
    }
}

//// only if there is one
namespace Shop;

public sealed class Orders(IServiceProvider services)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => [|services.GetService<IOrderStore>()?.Save(order)|];
}
