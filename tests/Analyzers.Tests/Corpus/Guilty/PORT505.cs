//// next function of the same class
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Task<string> Place(Order order) => [|Bill(order)|];

    [Function, HttpTrigger("POST", "/bills"), AllowAnonymous]
    public static Task<string> Bill(Order order) => Task.FromResult(order.Id);
}

//// function of another class, injected
namespace Shop;

public sealed class Orders(Bills bills)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<string> Place(Order order) => await [|bills.Bill(order)|];
}

public sealed class Bills
{
    [Function, HttpTrigger("POST", "/bills"), AllowAnonymous]
    public Task<string> Bill(Order order) => Task.FromResult(order.Id);
}

//// function of another class, made
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Task<string> Place(Order order) => [|new Bills().Bill(order)|];
}

public sealed class Bills
{
    [Function, HttpTrigger("POST", "/bills"), AllowAnonymous]
    public Task<string> Bill(Order order) => Task.FromResult(order.Id);
}

//// behind an interface
namespace Shop;

public interface IBills
{
    Task<string> Bill(Order order);
}

public sealed class Orders(IBills bills)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public Task<string> Place(Order order) => [|bills.Bill(order)|];
}

public sealed class Bills : IBills
{
    [Function, HttpTrigger("POST", "/bills"), AllowAnonymous]
    public Task<string> Bill(Order order) => Task.FromResult(order.Id);
}

//// step that calls a function
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Ship, order);

    [Step]
    public async Task<Receipt> Ship(Order order) => new(await [|Labels.Print(order)|], "shipped");
}

public static class Labels
{
    [Function, HttpTrigger("POST", "/labels"), AllowAnonymous]
    public static Task<string> Print(Order order) => Task.FromResult(order.Id);
}

//// fan-out over a function in a lambda
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders/all"), AllowAnonymous]
    public static async Task PlaceAll(Order[] orders) => await Task.WhenAll(orders.Select(order => [|Place(order)|]));

    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Task Place(Order order) => Task.CompletedTask;
}
