//// a static counter
namespace Shop;

public static class Orders
{
    private static int s_count;

    [Function, HttpTrigger("GET", "/count"), AllowAnonymous]
    public static int Count() => ++[|s_count|];
}

//// a cache without bound
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Task<Order?>> Cache = new();

    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> Get(string id) => [|Cache.GetOrAdd(id, key => store.Find(key))|];
}

//// an ambient current customer
namespace Shop;

public static class Current
{
    public static string? Customer { get; set; }
}

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Order order)
    {
        [|Current.Customer|] = order.CustomerId;
        Console.WriteLine(Current.Customer);
    }
}

//// a helper that remembers
namespace Shop;

public static class Dedup
{
    private static readonly HashSet<string> Seen = [];

    public static bool IsNew(string id)
    {
        lock (Seen)
        {
            return Seen.Add(id);
        }
    }
}

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Order order)
    {
        if ([|Dedup.IsNew(order.Id)|])
        {
            Console.WriteLine(order.Id);
        }
    }
}

//// a service two calls down
namespace Shop;

public interface IPricing
{
    int Price(Order order);
}

public sealed class Pricing : IPricing
{
    private static int s_lastPrice;

    public int Price(Order order) => Round(order.Cents);

    private static int Round(int cents)
    {
        s_lastPrice = cents;
        return s_lastPrice;
    }
}

public sealed class Orders(IPricing pricing)
{
    [Function, HttpTrigger("POST", "/price"), AllowAnonymous]
    public int Price([FromBody] Order order) => [|pricing.Price(order)|];
}

//// the last failure of a step
namespace Shop;

public sealed class Fulfilment
{
    private static string? s_lastFailure;

    [Step]
    public Task Pack(Order order)
    {
        try
        {
            Console.WriteLine(order.Id);
        }
        catch (IOException failure)
        {
            [|s_lastFailure|] = failure.Message;
            throw;
        }

        return Task.FromResult(s_lastFailure);
    }
}

//// a static list of listeners
namespace Shop;

public static class Devices
{
    private static readonly List<string> Online = new();

    [Function, QueueTrigger("heartbeats"), DeadLetter("heartbeats-dead"), Idempotent(nameof(Order.Id))]
    public static void Beat(Order order) => [|Online.Remove(order.Id)|];
}

//// a static array of totals
namespace Shop;

public static class Totals
{
    private static readonly int[] Hours = new int[24];

    [Function, QueueTrigger("sales"), DeadLetter("sales-dead"), Idempotent(nameof(Order.Id))]
    public static void Add(Order order) => [|Hours[order.Lines.Length % 24]|] += order.Cents;
}
