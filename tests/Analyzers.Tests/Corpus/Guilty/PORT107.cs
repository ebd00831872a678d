//// a lock around a request
namespace Shop;

public sealed class Orders(HttpClient client)
{
    private static readonly object Gate = new();

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Book(Order order)
    {
        lock ([|Gate|])
        {
            using var answer = client.PutAsync(new Uri("https://ledger.internal/" + order.Id), null).GetAwaiter().GetResult();
        }
    }
}

//// a semaphore around a message
namespace Shop;

public sealed class Orders
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Book(Order order, [Queue("bookings")] IQueue<Order> bookings, CancellationToken ct)
    {
        await [|Turn.WaitAsync(ct)|];
        try
        {
            await bookings.Send(order, cancellationToken: ct);
        }
        finally
        {
            Turn.Release();
        }
    }
}

//// a lock that reaches a service
namespace Shop;

public sealed class Ledger(HttpClient client)
{
    public void Book(Order order) => client.Send(new HttpRequestMessage(HttpMethod.Put, new Uri("https://ledger.internal/" + order.Id)));
}

public sealed class Orders(Ledger ledger)
{
    private readonly object _gate = new();

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order)
    {
        lock ([|_gate|])
        {
            ledger.Book(order);
        }
    }
}

//// a named mutex
namespace Shop;

public static class Export
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public static void Nightly()
    {
        using var only = [|new Mutex(initiallyOwned: false, @"Global\export")|];
        if (only.WaitOne(0))
        {
            Console.WriteLine("exporting");
        }
    }
}

//// a named semaphore of the class
namespace Shop;

public static class Export
{
    private static readonly Semaphore Two = [|new(2, 2, "exports")|];

    [Function, ScheduleTrigger("0 3 * * *")]
    public static void Nightly()
    {
        Two.WaitOne();
        Console.WriteLine("exporting");
        Two.Release();
    }
}

//// a monitor in a step
namespace Shop;

public sealed class Fulfilment(HttpClient client)
{
    private static readonly object Stock = new();

    [Step, Idempotent(nameof(Order.Id))]
    public Task Reserve(Order order)
    {
        [|Monitor.Enter(Stock)|];
        try
        {
            client.DeleteAsync(new Uri("https://stock.internal/" + order.Id)).Wait();
        }
        finally
        {
            Monitor.Exit(Stock);
        }

        return Task.CompletedTask;
    }
}
