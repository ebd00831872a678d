//// the current customer
namespace Shop;

public sealed class CurrentCustomer
{
    public System.Security.Claims.ClaimsPrincipal? User { get; private set; }

    public void Set(System.Security.Claims.ClaimsPrincipal user) => [|User|] = user;
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services) => services.AddSingleton<CurrentCustomer>();
}

public sealed class Orders(CurrentCustomer current)
{
    [Function, HttpTrigger("GET", "/me"), AllowAnonymous]
    public string? Me(System.Security.Claims.ClaimsPrincipal user)
    {
        current.Set(user);
        return current.User?.Identity?.Name;
    }
}

//// the last order
namespace Shop;

public interface IJournal
{
    void Note(Order order);
}

public sealed class Journal : IJournal
{
    private Order? _last;

    public void Note(Order order)
    {
        Console.WriteLine(_last?.Id);
        [|_last|] = order;
    }
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services) => services.AddSingleton<IJournal, Journal>();
}

public sealed class Orders(IJournal journal)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => journal.Note(order);
}

//// the correlation of a request
namespace Shop;

public sealed class Correlation
{
    private string _id = "";

    public string Id => _id;

    public void Begin(InvocationContext context)
    {
        [|_id|] = context.CorrelationId;
    }
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services) => services.AddSingleton(new Correlation());
}

public sealed class Orders(Correlation correlation)
{
    [Function, HttpTrigger("GET", "/id"), AllowAnonymous]
    public string Id(InvocationContext context)
    {
        correlation.Begin(context);
        return correlation.Id;
    }
}

//// a made service
namespace Shop;

public sealed class Tenants(TimeProvider clock)
{
    private string? _tenant;

    public string Describe() => $"{_tenant} at {clock.GetUtcNow()}";

    public void Enter(Order order) => [|_tenant|] = order.CustomerId;
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services) => services.AddSingleton(_ => new Tenants(TimeProvider.System));
}

public sealed class Orders(Tenants tenants)
{
    [Function, HttpTrigger("POST", "/tenant"), AllowAnonymous]
    public string Tenant([FromBody] Order order)
    {
        tenants.Enter(order);
        return tenants.Describe();
    }
}

//// a message kept for later
namespace Shop;

public sealed class Inbox
{
    public Message<Order>? Latest { get; set; }

    public void Take(Message<Order> message)
    {
        if (message.Body.Cents > 0)
        {
            [|Latest|] = message;
        }
    }
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services) => services.AddSingleton(typeof(Inbox));
}

public sealed class Orders(Inbox inbox)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Message<Order> message) => inbox.Take(message);
}

//// a builder that is shared
namespace Shop;

public sealed class ReceiptBuilder
{
    private Order? _order;

    public ReceiptBuilder For(Order order)
    {
        [|_order|] = order;
        return this;
    }

    public Receipt Build() => new(_order!.Id, "ready");
}

public sealed partial class Startup
{
    static partial void Register(IServiceCollection services)
    {
        services.AddSingleton<ReceiptBuilder>();
        services.AddSingleton(TimeProvider.System);
    }
}

public sealed class Orders(ReceiptBuilder receipts)
{
    [Function, HttpTrigger("POST", "/receipts"), AllowAnonymous]
    public Receipt Make([FromBody] Order order) => receipts.For(order).Build();
}
