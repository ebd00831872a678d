// Step 'Charge' has [Idempotent("Number")], which is no property of its payload 'Order': use nameof(Order.Member)
using Portable;

namespace Traps.Workflows;

public sealed class PORT719
{
    [Workflow("port719")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Charge, order);
    }

    [Step, Idempotent("Number")]
    public Task<Receipt> Charge(Order order) => Task.FromResult(new Receipt(order.Id, "charged"));
}
