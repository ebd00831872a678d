// Step 'Charge' is undone by 'Refund', which is no [Step] of the class: name one, as in [Compensate(nameof(Refund))]
using Portable;

namespace Traps.Workflows;

public sealed class PORT714
{
    [Workflow("port714")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Charge, order);
    }

    [Step, Compensate("Refund")]
    public Task<Receipt> Charge(Order order) => Task.FromResult(new Receipt(order.Id, "charged"));
}
