// Workflow 'Run' assigns 'total' inside a branch, which would be lost: engines run branches on copies of the variables, so return the value from the branch
using Portable;

namespace Traps.Workflows;

public sealed class PORT710
{
    [Workflow("port710")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        var total = 0;
        await flow.Parallel(
            flow.Branch(Pack, order),
            flow.Branch(async () =>
            {
                total = 1;
                await flow.Step(Pack, order);
            }));
        return total > 0 ? packed : new Receipt(order.Id, "none");
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
