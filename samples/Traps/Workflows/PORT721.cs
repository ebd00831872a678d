// Workflow 'Run' is [Native], but calculates: do it in a step
using Portable;

namespace Traps.Workflows;

public sealed class PORT721
{
    [Workflow("port721"), Native]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        var half = order.Cents / -2;
        return half < 5 ? packed : new Receipt(order.Id, "dear");
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
