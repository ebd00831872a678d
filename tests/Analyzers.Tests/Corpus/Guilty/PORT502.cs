//// poll of a job
namespace Shop;

public interface IJobs
{
    Task<string> Start(Order order);

    Task<string> GetStatus(string job);
}

public sealed class Renders(IJobs jobs)
{
    [Function, HttpTrigger("POST", "/renders"), AllowAnonymous]
    public async Task<string> Render(Order order, CancellationToken cancellationToken)
    {
        var job = await jobs.Start(order);
        var status = await jobs.GetStatus(job);
        [|while|] (status != "done")
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            status = await jobs.GetStatus(job);
        }

        return job;
    }
}

//// poll that gives up
namespace Shop;

public sealed class Payments(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/payments/{id}"), AllowAnonymous]
    public async Task<Order?> Wait(string id, CancellationToken cancellationToken)
    {
        [|for|] (var i = 0; i < 30; i++)
        {
            if (await store.Find(id, cancellationToken) is { } order)
            {
                return order;
            }

            await Task.Delay(1000, cancellationToken);
        }

        return null;
    }
}

//// timer in a function
namespace Shop;

public static class Clock
{
    [Function, HttpTrigger("POST", "/clock"), AllowAnonymous]
    public static async Task Tick(Order order, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        [|while|] (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Console.WriteLine(order.Id);
        }
    }
}

//// consumer of its own
namespace Shop;

public interface IInbox
{
    Task<Order> Take(CancellationToken cancellationToken);
}

public sealed class Consumer(IInbox inbox, IOrderStore store)
{
    [Function, HttpTrigger("POST", "/consume"), AllowAnonymous]
    public async Task Consume(CancellationToken cancellationToken)
    {
        [|while|] (!cancellationToken.IsCancellationRequested)
        {
            var order = await inbox.Take(cancellationToken);
            await store.Save(order, cancellationToken);
        }
    }
}

//// for ever, with sleeps
namespace Shop;

public sealed class Watch(IOrderStore store, ILogger<Watch> logger)
{
    [Function, HttpTrigger("POST", "/watch"), AllowAnonymous]
    public void Start(Order order)
    {
        [|while|] (true)
        {
            if (store.Find(order.Id).GetAwaiter().GetResult() is null)
            {
                logger.LogWarning("Order {Id} is gone.", order.Id);
            }

            Thread.Sleep(1000);
        }
    }
}

//// do while in a step
namespace Shop;

public interface ICarrier
{
    Task<bool> HasLeft(string parcel);
}

public sealed class Shipping(ICarrier carrier)
{
    [Workflow("shipping")]
    public async Task Run(IWorkflow flow, Order order) => await flow.Step(WaitForTruck, order);

    [Step(TimeoutSeconds = 20)]
    public async Task WaitForTruck(Order order, CancellationToken cancellationToken)
    {
        bool left;
        [|do|]
        {
            await Task.Delay(500, cancellationToken);
            left = await carrier.HasLeft(order.Id);
        }
        while (!left);
    }
}

//// loop in a helper
namespace Shop;

public sealed class Exports(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/exports/{id}"), AllowAnonymous]
    public Task Export(string id, CancellationToken cancellationToken) => UntilThere(id, cancellationToken);

    private async Task UntilThere(string id, CancellationToken cancellationToken)
    {
        [|while|] (await store.Find(id, cancellationToken) is null)
        {
            await Task.Delay(250, cancellationToken);
        }
    }
}
