//// a reminder
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders/{id}/remind"), AllowAnonymous]
    public static bool Remind(string id)
    {
        var timer = [|new Timer(_ => Console.WriteLine(id), null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan)|];
        return timer is not null;
    }
}

//// a flush of the class
namespace Shop;

public sealed class Metrics
{
    private readonly Timer _flush;

    public Metrics() => _flush = [|new Timer(static _ => Console.WriteLine("flush"), null, 0, 10_000)|];

    [Function, HttpTrigger("GET", "/metrics"), AllowAnonymous]
    public bool Get() => _flush.Change(0, 10_000);
}

//// a component timer
namespace Shop;

public static class Heartbeat
{
    [Function, QueueTrigger("devices"), DeadLetter("devices-dead"), Idempotent(nameof(Order.Id))]
    public static void Start(Order order)
    {
        var timer = [|new System.Timers.Timer(1000)|];
        timer.Elapsed += (_, _) => Console.WriteLine(order.Id);
        timer.Start();
    }
}

//// a static timer
namespace Shop;

public static class Rates
{
    private static readonly System.Timers.Timer Refresh = [|new()|];

    [Function, HttpTrigger("GET", "/rates"), AllowAnonymous]
    public static bool Get() => Refresh.Enabled;
}

//// a timer of the clock
namespace Shop;

public sealed class Orders(TimeProvider clock)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order)
    {
        var timer = [|clock.CreateTimer(_ => Console.WriteLine(order.Id), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan)|];
        Console.WriteLine(timer);
    }
}

//// a timer of a step
namespace Shop;

public sealed class Fulfilment
{
    [Step]
    public Task Escalate(Order order)
    {
        var timer = [|new Timer(Tick, order, 1000, 1000)|];
        return Task.FromResult(timer);
    }

    private static void Tick(object? state) => Console.WriteLine(state);
}
