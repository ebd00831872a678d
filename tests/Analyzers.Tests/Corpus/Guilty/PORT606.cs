//// awaited
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        return await [|Tell(order, cancellationToken)|];
    }

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// thrown on
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        try
        {
            return await [|Tell(order, cancellationToken)|];
        }
        catch (StepFailed failure)
        {
            Console.WriteLine(failure.Code);
            throw;
        }
    }

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// only finally
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        try
        {
            return await [|Tell(order, cancellationToken)|];
        }
        finally
        {
            Console.WriteLine(order.Id);
        }
    }

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// in a condition
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        if (order.Cents > 100_000 && (await [|Tell(order, cancellationToken)|].ConfigureAwait(false)).Status == "risky")
        {
            return new(order.Id, "rejected");
        }

        return new(order.Id, "placed");
    }

    [Inference("story-model", TimeoutSeconds = 8)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// in a helper
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        return await [|Ask(order, cancellationToken)|];
    }

    private async Task<Receipt> Ask(Order order, CancellationToken cancellationToken) => await Tell(order, cancellationToken);

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// in a service
namespace Shop;

public sealed class Stories
{
    public async Task<Receipt> Of(Orders orders, Order order) => await orders.Tell(order);
}

public sealed partial class Orders(Stories stories)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        return await [|stories.Of(this, order)|];
    }

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// inside the catch of something else
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        try
        {
            return new(order.Id, order.Lines[0].Sku);
        }
        catch (IndexOutOfRangeException)
        {
            return await [|Tell(order, cancellationToken)|];
        }
    }

    [Inference("story-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}
