//// an event that is published
namespace Shop;

[[|EventContract("com.acme.order.placed")|]]
public sealed record OrderPlaced(string Id);

public sealed class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public Task Fulfil(Order order, IEventBus bus, CancellationToken ct) => bus.Publish(new OrderPlaced(order.Id), cancellationToken: ct);
}

//// an event that starts a function
namespace Shop;

[[|EventContract("com.acme.order.paid")|]]
public sealed record OrderPaid(string Id);

public static class Orders
{
    [Function, EventTrigger, DeadLetter("paid-dead"), Idempotent(nameof(OrderPaid.Id))]
    public static void Paid(OrderPaid paid) => Console.WriteLine(paid.Id);
}

//// an event that a workflow publishes
namespace Shop;

[[|EventContract("com.acme.order.shipped")|]]
public sealed record OrderShipped(string Id);

public sealed class Shipping
{
    [Workflow("shipping")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Publish(new OrderShipped(order.Id));
        return new Receipt(order.Id, "shipped");
    }
}

//// a class among attributes
namespace Shop;

[Serializable, [|EventContract("com.acme.stock.low")|]]
public sealed class StockLow
{
    public string Sku { get; set; } = "";
}

//// a contract of a shared project
namespace Shop.Contracts;

/// <summary>A customer has moved.</summary>
[[|Portable.EventContract(type: "com.acme.customer.moved")|]]
public sealed record CustomerMoved(string Id, string City);

//// one version stated and one not
namespace Shop;

[EventContract("com.acme.price.changed", Version = 2)]
public sealed record PriceChanged2(string Sku, int Cents);

[[|EventContract("com.acme.price.changed")|]]
public sealed record PriceChanged(string Sku, int Price);
