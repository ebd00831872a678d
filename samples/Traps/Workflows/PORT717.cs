// Workflow 'Run' publishes a 'Order', whose type does not say what event it is: add [EventContract("com.acme.order", Version = 1)] to it
using Portable;

namespace Traps.Workflows;

public sealed class PORT717
{
    [Workflow("port717")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await flow.Publish(order);
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
