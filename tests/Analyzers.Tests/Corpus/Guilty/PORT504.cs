//// three outputs
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static async Task Place(Order order, [Bucket("orders")] IBlobStore files, [Queue("bills")] IQueue<Order> bills, [Queue("parcels")] IQueue<Order> parcels, CancellationToken cancellationToken)
    {
        await files.Put(order.Id, new byte[1], cancellationToken: cancellationToken);
        await bills.Send(order, cancellationToken: cancellationToken);
        await [|parcels.Send(order, cancellationToken: cancellationToken)|];
    }
}

//// three outputs at once
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static Task Place(Order order, [Bucket("orders")] IBlobStore files, [Queue("bills")] IQueue<Order> bills, [Queue("parcels")] IQueue<Order> parcels, CancellationToken cancellationToken) =>
        Task.WhenAll(
            files.Delete(order.Id, cancellationToken),
            bills.Send(order, cancellationToken: cancellationToken),
            [|parcels.Send(order, cancellationToken: cancellationToken)|]);
}

//// with a workflow at the end
namespace Shop;

public sealed class Orders([Queue("bills")] IQueue<Order> bills, [Queue("parcels")] IQueue<Order> parcels, IWorkflowClient workflows)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<string> Place(Order order, CancellationToken cancellationToken)
    {
        await bills.Send(order, cancellationToken: cancellationToken);
        await parcels.Send(order, cancellationToken: cancellationToken);
        return await [|workflows.Start("fulfilment", order, cancellationToken: cancellationToken)|];
    }
}

//// through services of the project
namespace Shop;

public interface IBilling
{
    Task Bill(Order order, CancellationToken cancellationToken);
}

public sealed class Billing([Queue("bills")] IQueue<Order> bills, [Queue("reports")] IQueue<Order> reports) : IBilling
{
    public async Task Bill(Order order, CancellationToken cancellationToken)
    {
        await bills.Send(order, cancellationToken: cancellationToken);
        await reports.Send(order, cancellationToken: cancellationToken);
    }
}

public sealed class Orders(IBilling billing, [Queue("parcels")] IQueue<Order> parcels)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken)
    {
        await billing.Bill(order, cancellationToken);
        await [|parcels.Send(order, cancellationToken: cancellationToken)|];
    }
}

//// through helpers
namespace Shop;

public sealed class Orders([Queue("bills")] IQueue<Order> bills, [Queue("parcels")] IQueue<Order> parcels, [Bucket("orders")] IBlobStore files)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken)
    {
        await Bill(order, cancellationToken);
        await Ship(order, cancellationToken);
        await [|Keep(order, cancellationToken)|];
    }

    private Task Bill(Order order, CancellationToken cancellationToken) => bills.Send(order, cancellationToken: cancellationToken);

    private Task Ship(Order order, CancellationToken cancellationToken) => parcels.Send(order, cancellationToken: cancellationToken);

    private Task Keep(Order order, CancellationToken cancellationToken) => files.Put(order.Id, new byte[1], cancellationToken: cancellationToken);
}

//// a branch with some, and more after it
namespace Shop;

public sealed class Orders([Queue("bills")] IQueue<Order> bills, [Queue("parcels")] IQueue<Order> parcels, [Bucket("orders")] IBlobStore files)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken)
    {
        if (order.Cents > 0)
        {
            await bills.Send(order, cancellationToken: cancellationToken);
        }
        else
        {
            await files.Delete(order.Id, cancellationToken);
        }

        await parcels.Send(order, cancellationToken: cancellationToken);
        await [|files.Put(order.Id, new byte[1], cancellationToken: cancellationToken)|];
    }
}
