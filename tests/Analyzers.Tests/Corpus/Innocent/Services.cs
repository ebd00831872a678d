//// a singleton with a clock
namespace Shop;

public sealed class Clock(TimeProvider time)
{
    private DateTimeOffset _last;

    public DateTimeOffset Next()
    {
        _last = time.GetUtcNow();
        return _last;
    }
}

//// options validated once
namespace Shop;

public sealed class ShopOptions
{
    public string Region { get; set; } = "eu";

    public int Limit { get; set; } = 10;
}

public sealed class Orders(ShopOptions options)
{
    [Function, HttpTrigger("GET", "/limit"), AllowAnonymous]
    public int Limit() => options.Limit + options.Region.Length;
}

//// a scoped holder of the request
namespace Shop;

public sealed class CurrentOrder
{
    public Order? Order { get; private set; }

    public void Set(Order order) => Order = order;
}

public sealed class Orders(CurrentOrder current)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => current.Set(order);
}

//// steps that pass values on
namespace Shop;

public sealed class Fulfilment(IOrderStore store)
{
    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        return await flow.Step(Ship, packed);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));

    [Step]
    public async Task<Receipt> Ship(Receipt receipt, CancellationToken ct)
    {
        var order = await store.Find(receipt.Id, ct);
        return receipt with { Status = order is null ? "lost" : "shipped" };
    }
}

//// pure helpers
namespace Shop;

public static class Money
{
    public static int Gross(int cents, int percent) => checked(cents * (100 + percent) / 100);

    public static string Format(int cents) => (cents / 100m).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
}

public static class Prices
{
    [Function, HttpTrigger("GET", "/price/{cents}"), AllowAnonymous]
    public static string Price(int cents) => Money.Format(Money.Gross(cents, 19));
}

//// a counter of a test double
namespace Shop.Tests;

public sealed class FakeStore : IOrderStore
{
    public List<Order> Saved { get; } = [];

    public int Finds { get; private set; }

    public Task<Order?> Find(string id, CancellationToken cancellationToken = default)
    {
        Finds++;
        return Task.FromResult(Saved.Find(order => order.Id == id));
    }

    public Task Save(Order order, CancellationToken cancellationToken = default)
    {
        Saved.Add(order);
        return Task.CompletedTask;
    }
}

//// a lazy service
namespace Shop;

public sealed class Catalogue
{
    private readonly Lazy<Task<string[]>> _skus = new(static () => Task.FromResult(new[] { "a", "b" }));

    public Task<string[]> Skus => _skus.Value;
}

public sealed class Skus(Catalogue catalogue)
{
    [Function, HttpTrigger("GET", "/skus"), AllowAnonymous]
    public async Task<int> Count() => (await catalogue.Skus).Length;
}

//// a scoped service that knows its request
namespace Shop;

public sealed class Tenant
{
    public string Id { get; private set; } = "";

    public void Enter(Order order) => Id = order.CustomerId;
}

public sealed class RateLimiter(int perSecond)
{
    private int _left = perSecond;

    public bool Take(Order order)
    {
        if (order.Cents == 0)
        {
            return true;
        }

        _left--;
        return _left >= 0;
    }

    public void Refill(int count) => _left = count;
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services)
    {
        services.AddScoped<Tenant>();
        services.AddSingleton(new RateLimiter(10));
    }
}

public sealed class Orders(Tenant tenant, RateLimiter limiter)
{
    [Function, HttpTrigger("POST", "/tenant"), AllowAnonymous]
    public string Enter([FromBody] Order order)
    {
        tenant.Enter(order);
        return limiter.Take(order) ? tenant.Id : "";
    }
}

//// owners where the project asks
// property: PortableRequireOwner=true
namespace Shop;

[Owner("team-orders", Alert = "https://chat.example.com/orders")]
public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;

    [Function, HttpTrigger("GET", "/carts/{id}"), AllowAnonymous, Owner("team-carts", Alert = "carts-oncall@example.com")]
    public static string Cart(string id) => id;
}

//// owners where nobody asks
namespace Shop;

[Owner("team-orders")]
public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
