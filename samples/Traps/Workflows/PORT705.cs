// Workflow 'Run' awaits a delay of its own, which engines cannot replay: await flow.Delay(...)
using Portable;

namespace Traps.Workflows;

public sealed class PORT705
{
    [Workflow("port705")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await Task.Delay(5);
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
