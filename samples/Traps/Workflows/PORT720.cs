// Workflow 'Run' reads the clock, which another replay reads differently: use flow.UtcNow
using Portable;

namespace Traps.Workflows;

public sealed class PORT720
{
    [Workflow("port720")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        var now = DateTime.UtcNow;
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
