//// until the state is done
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var state = "";
        [|while|] (state != "done")
        {
            state = await flow.Step(Ask, order.Id);
        }
    }

    [Step]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// for ever, with a way out
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        [|while|] (true)
        {
            var receipt = await flow.Step(Ask, order);
            if (receipt.Status == "done")
            {
                break;
            }
        }
    }

    [Step]
    public Task<Receipt> Ask(Order order) => Task.FromResult(new Receipt(order.Id, "done"));
}

//// asked first
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        Receipt receipt;
        [|do|]
        {
            receipt = await flow.Step(Ask, order);
        }
        while (receipt.Status != "done");
    }

    [Step]
    public Task<Receipt> Ask(Order order) => Task.FromResult(new Receipt(order.Id, "done"));
}

//// endless for
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        [|for|] (;;)
        {
            var receipt = await flow.Step(Ask, order);
            if (receipt.Status == "done")
            {
                return;
            }
        }
    }

    [Step]
    public Task<Receipt> Ask(Order order) => Task.FromResult(new Receipt(order.Id, "done"));
}

//// until it no longer fails
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        [|while|] (true)
        {
            try
            {
                await flow.Step(Ask, order);
                return;
            }
            catch (StepFailed)
            {
            }
        }
    }

    [Step]
    public Task<Receipt> Ask(Order order) => Task.FromResult(new Receipt(order.Id, "done"));
}

//// two questions
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var first = await flow.Step(Ask, order.Id);
        var second = first;
        [|while|] (first != second)
        {
            first = await flow.Step(Ask, order.Id);
            second = await flow.Step(Ask, order.CustomerId);
        }
    }

    [Step]
    public Task<string> Ask(string id) => Task.FromResult(id);
}
