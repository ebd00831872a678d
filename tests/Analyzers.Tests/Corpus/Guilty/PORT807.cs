//// nobody is named
// property: PortableRequireOwner=true
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string [|Get|](string id) => id;
}

//// no alert
// property: PortableRequireOwner=true
namespace Shop;

[Owner("team-orders")]
public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> [|Get|](string id, CancellationToken ct) => store.Find(id, ct);
}

//// one function of another team
// property: PortableRequireOwner=true
namespace Shop;

[Owner("team-orders", Alert = "orders-oncall")]
public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;

    [Function, HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous, Owner("team-prices")]
    public static string [|Price|](string sku) => sku;
}

//// a schedule in the night
// property: PortableRequireOwner=true
namespace Shop;

public static class Export
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public static void [|Nightly|]() => Console.WriteLine("exporting");
}

//// a class beside one that has an owner
// property: PortableRequireOwner=true
namespace Shop;

[Owner("team-orders", Alert = "orders-oncall")]
public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

public static class Carts
{
    [Function, HttpTrigger("GET", "/carts/{id}"), AllowAnonymous]
    public static string [|Get|](string id) => id;
}

//// an owner of a step's class alone
// property: PortableRequireOwner=true
namespace Shop;

[Owner("team-shipping", Alert = "shipping-oncall")]
public sealed class Shipping
{
    [Step]
    public Task Pack(Order order) => Task.FromResult(order.Id);
}

public static class Parcels
{
    [Function, QueueTrigger("parcels"), DeadLetter("parcels-dead"), Idempotent(nameof(Order.Id))]
    public static void [|Take|](Order order) => Console.WriteLine(order.Id);
}
