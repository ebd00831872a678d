// 'Send' has [Retry], but is no step or function: add [Step]
using Portable;

namespace Traps.Workflows;

public sealed class PORT725
{
    [Workflow("port725")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Pack, order);
    }

    [Retry]
    public Task<Receipt> Send(Order order) => Task.FromResult(new Receipt(order.Id, "sent"));

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
