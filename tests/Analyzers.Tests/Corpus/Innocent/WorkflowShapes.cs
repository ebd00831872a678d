//// as it is written down
// shape: fulfilment v1: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// two versions under way
// shape: fulfilment v1: Pack, Weigh, Ship
// shape: fulfilment v2: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment", Version = 2)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Weigh(Order order) => Task.FromResult(new Receipt(order.Id, "weigh"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// nobody writes shapes down
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment", Version = 3)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// conditions and loops do not change the shape
// shape: fulfilment v1: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        if (order.Cents > 100)
        {
            await flow.Step(Pack, order);
        }
        
        foreach (var line in order.Lines)
        {
            await flow.Step(Pack, order with { Id = line.Sku });
        }
        
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// branches in the order of the code
// shape: fulfilment v1: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Parallel(flow.Branch(Pack, order), flow.Branch(Ship, order));
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}
