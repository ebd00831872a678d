//// awaited
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        return await [|Tell(order, cancellationToken)|];
    }

    [Inference("story-model", TimeoutSeconds = 45)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// with a fallback
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
        catch (StepFailed)
        {
            return new(order.Id, "none");
        }
    }

    [Inference("story-model", TimeoutSeconds = 58)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// kept for later
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        var story = [|Tell(order, cancellationToken)|];
        Console.WriteLine(order.Id);
        return await story;
    }

    [Inference("story-model", TimeoutSeconds = 11)]
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

    private Task<Receipt> Ask(Order order, CancellationToken cancellationToken) => Tell(order, cancellationToken);

    [Inference("story-model", TimeoutSeconds = 30)]
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

    [Inference("story-model", TimeoutSeconds = 50)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}

//// in a step
namespace Shop;

public sealed partial class Orders
{
    [Step(TimeoutSeconds = 60)]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        return await [|Tell(order, cancellationToken)|];
    }

    [Workflow("stories")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Place, order);

    [Inference("story-model", TimeoutSeconds = 55)]
    public partial Task<Receipt> Tell(Order order, CancellationToken cancellationToken = default);
}
