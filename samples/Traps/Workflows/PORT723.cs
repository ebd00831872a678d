// Workflow 'Run' waits longer than a year, which no run on Step Functions lasts: end the run, and let a schedule or an event start another one
using Portable;

namespace Traps.Workflows;

public sealed class PORT723
{
    [Workflow("port723")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await flow.Delay(TimeSpan.FromDays(400));
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
