// Workflow 'Run' runs 'Send', which has no [Step]: add the attribute
using Portable;

namespace Traps.Workflows;

public sealed class PORT706
{
    [Workflow("port706")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Send, order);
    }

    public Task<Receipt> Send(Order order) => Task.FromResult(new Receipt(order.Id, "sent"));
}
