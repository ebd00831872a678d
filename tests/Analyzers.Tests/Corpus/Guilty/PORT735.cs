//// a step renamed
// shape: fulfilment v1: Pack, Send
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// a step taken out
// shape: fulfilment v1: Pack, Weigh, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
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

//// a step put in between
// shape: fulfilment v1: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Weigh, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Weigh(Order order) => Task.FromResult(new Receipt(order.Id, "weigh"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// another order
// shape: fulfilment v1: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Ship, order);
        await flow.Step(Pack, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// an event renamed
// shape: fulfilment v1: event approval, Pack
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Event<Receipt>("approved", TimeSpan.FromHours(2));
        await flow.Step(Pack, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));
}

//// a new version that is not written down
// shape: fulfilment v1: Pack
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment", Version = 2)]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// a step of an earlier version is gone
// shape: fulfilment v1: Pack, Weigh
// shape: fulfilment v2: Pack, Ship
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment", Version = 2)]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        await flow.Step(Ship, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));

    [Step]
    public Task<Receipt> Ship(Order order) => Task.FromResult(new Receipt(order.Id, "ship"));
}

//// a workflow that is not written down
// shape: returns v1: Check
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task [|Run|](IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "pack"));
}
