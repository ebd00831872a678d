//// sleep before the answer
namespace Shop;

public static class Quotes
{
    [Function, HttpTrigger("POST", "/quotes"), AllowAnonymous]
    public static string Ask(Order order)
    {
        [|Thread.Sleep(TimeSpan.FromSeconds(10))|];
        return order.Id;
    }
}

//// pause between two mails
namespace Shop;

public interface IMails
{
    Task Confirm(string id);

    Task Remind(string id);
}

public sealed class Reminders(IMails mails)
{
    [Function, HttpTrigger("POST", "/reminders"), AllowAnonymous]
    public async Task Remind(Order order, CancellationToken cancellationToken)
    {
        await mails.Confirm(order.Id);
        await [|Task.Delay(TimeSpan.FromMinutes(5), cancellationToken)|];
        await mails.Remind(order.Id);
    }
}

//// helper that waits for a replica
namespace Shop;

public sealed class Stock(IOrderStore store)
{
    private const int ReplicaLag = 15_000;

    [Function, HttpTrigger("GET", "/stock/{id}"), AllowAnonymous]
    public async Task<Order?> Get(string id, CancellationToken cancellationToken)
    {
        await Settle(cancellationToken);
        return await store.Find(id, cancellationToken);
    }

    private static async Task Settle(CancellationToken cancellationToken) => await [|Task.Delay(ReplicaLag, cancellationToken)|].ConfigureAwait(false);
}

//// step that waits an hour
namespace Shop;

public sealed class Settlement
{
    [Workflow("settlement")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Settle, order);

    [Step(TimeoutSeconds = 20)]
    public async Task<Receipt> Settle(Order order)
    {
        await [|Task.Delay(TimeSpan.FromHours(1))|];
        return new Receipt(order.Id, "settled");
    }
}

//// until cancelled
namespace Shop;

public static class Keeper
{
    [Function, HttpTrigger("POST", "/keep"), AllowAnonymous]
    public static async Task Keep(Order order, CancellationToken cancellationToken)
    {
        Console.WriteLine(order.Id);
        await [|Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)|];
    }
}

//// pace of a batch that nobody knows
namespace Shop;

public sealed class Feed(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/feed"), AllowAnonymous]
    public async Task Push(Order[] orders, [FromQuery] int pause, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            await store.Save(order, cancellationToken);
            await [|Task.Delay(pause, cancellationToken)|];
        }
    }
}

//// spin until a file is there
namespace Shop;

public static class Spool
{
    [Function, HttpTrigger("POST", "/spool"), AllowAnonymous]
    public static string Read(Order order)
    {
        var path = Path.Combine(Path.GetTempPath(), order.Id);
        [|SpinWait.SpinUntil(() => File.Exists(path), TimeSpan.FromSeconds(60))|];
        return path;
    }
}

//// sync wait
namespace Shop;

public static class Legacy
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    [Function, HttpTrigger("POST", "/legacy"), AllowAnonymous]
    public static string Run(Order order)
    {
        [|Task.Delay(Grace)|].GetAwaiter().GetResult();
        return order.Id;
    }
}
