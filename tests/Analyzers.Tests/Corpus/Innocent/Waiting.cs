//// short pause
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken)
    {
        await store.Save(order, cancellationToken);
        await Task.Delay(100, cancellationToken);
    }
}

//// limit of a call
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public async Task<Order?> Get(string id, CancellationToken cancellationToken)
    {
        var found = store.Find(id, cancellationToken);
        return await Task.WhenAny(found, Task.Delay(TimeSpan.FromSeconds(20), cancellationToken)) == found ? await found : null;
    }
}

//// WaitAsync
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> Get(string id) => store.Find(id).WaitAsync(TimeSpan.FromSeconds(10));
}

//// linked source with a limit
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public async Task<Order?> Get(string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(8));
        return await store.Find(id, limit.Token);
    }
}

//// pages until the last
namespace Shop;

public interface ICatalogue
{
    Task<(string[] Skus, string? Next)> List(string? token, CancellationToken cancellationToken);
}

public sealed class Catalogue(ICatalogue catalogue)
{
    [Function, HttpTrigger("GET", "/skus"), AllowAnonymous]
    public async Task<List<string>> All(CancellationToken cancellationToken)
    {
        var all = new List<string>();
        string? token = null;
        do
        {
            (var page, token) = await catalogue.List(token, cancellationToken);
            all.AddRange(page);
        }
        while (token is not null);
        return all;
    }
}

//// endless head with a way out
namespace Shop;

public interface ICatalogue
{
    Task<string[]> List(int page, CancellationToken cancellationToken);
}

public sealed class Catalogue(ICatalogue catalogue)
{
    [Function, HttpTrigger("GET", "/skus"), AllowAnonymous]
    public async Task<int> Count(CancellationToken cancellationToken)
    {
        var count = 0;
        for (var page = 0; ; page++)
        {
            var skus = await catalogue.List(page, cancellationToken);
            if (skus.Length == 0)
            {
                return count;
            }

            count += skus.Length;
        }
    }
}

//// cancellation as the head of a finite loop
namespace Shop;

public sealed class Batches(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/batches"), AllowAnonymous]
    public async Task Save(Order[] orders, CancellationToken cancellationToken)
    {
        var left = new Queue<Order>(orders);
        while (!cancellationToken.IsCancellationRequested && left.TryDequeue(out var order))
        {
            await store.Save(order, cancellationToken);
        }
    }
}

//// reader loop
namespace Shop;

public static class Imports
{
    [Function, HttpTrigger("POST", "/imports"), AllowAnonymous]
    public static async Task<int> Count([FromBody] string text)
    {
        using var reader = new StringReader(text);
        var lines = 0;
        while (await reader.ReadLineAsync() is not null)
        {
            lines++;
        }

        return lines;
    }
}

//// arithmetic loop without an end in its head
namespace Shop;

public static class Numbers
{
    [Function, HttpTrigger("GET", "/collatz/{n}"), AllowAnonymous]
    public static int Steps(int n)
    {
        var steps = 0;
        while (true)
        {
            if (n <= 1)
            {
                break;
            }

            n = n % 2 == 0 ? n / 2 : (3 * n) + 1;
            steps++;
        }

        return steps;
    }
}

//// workflow that waits and asks
namespace Shop;

public sealed class Reminders
{
    [Workflow("reminders")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Delay(TimeSpan.FromHours(24));
        var receipt = await flow.Step(Look, order);
        while (receipt.Status == "open")
        {
            await flow.Delay(TimeSpan.FromMinutes(10));
            receipt = await flow.Step(Look, order);
        }

        return receipt;
    }

    [Step(TimeoutSeconds = 20)]
    public Task<Receipt> Look(Order order) => Task.FromResult(new Receipt(order.Id, "paid"));
}

//// message that comes later
namespace Shop;

public static class Reminders
{
    [Function, HttpTrigger("POST", "/reminders"), AllowAnonymous]
    public static Task<string> Remind(Order order, [Queue("reminders")] IQueue<Order> queue) =>
        queue.Send(order, new SendOptions { Delay = TimeSpan.FromMinutes(5) });
}

//// always-on worker beside the functions
namespace Shop;

public sealed class Pump(IOrderStore store)
{
    public async Task Run(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await store.Find("1", cancellationToken);
        }
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// test with a pause
namespace Shop;

public sealed class OrderTests
{
    public async Task Places_an_order()
    {
        var receipt = Orders.Place(new Order("1", "2", 3, []));
        await Task.Delay(TimeSpan.FromSeconds(5));
        Console.WriteLine(receipt);
    }
}

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Receipt Place(Order order) => new(order.Id, "placed");
}

//// functions that share a service
namespace Shop;

public sealed class Prices
{
    public int Total(Order order) => order.Lines.Sum(line => line.Quantity) * order.Cents;
}

public sealed class Orders(Prices prices)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public int Place(Order order) => prices.Total(order);

    [Function, HttpTrigger("POST", "/quotes"), AllowAnonymous]
    public int Quote(Order order) => prices.Total(order);
}

//// function that hands on a method of its class that is none
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Receipt Place(Order order) => Accept(order);

    [Function, HttpTrigger("POST", "/orders/express"), AllowAnonymous]
    public static Receipt PlaceExpress(Order order) => Accept(order);

    private static Receipt Accept(Order order) => new(order.Id, "accepted");
}

//// recursion over lines
namespace Shop;

public static class Trees
{
    [Function, HttpTrigger("POST", "/depth"), AllowAnonymous]
    public static int Depth([FromBody] int[] levels) => levels.Length == 0 ? 0 : 1 + Depth(levels[1..]);
}

//// linked queue of a host that is no handler
namespace Shop;

public sealed class Outbox
{
    private readonly Queue<Order> _orders = new();

    public void Add(Order order) => _orders.Enqueue(order);

    public async Task Drain(IOrderStore store, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_orders.TryDequeue(out var order))
            {
                await store.Save(order, cancellationToken);
            }

            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
        }
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
