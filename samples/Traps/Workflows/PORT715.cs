// Workflow 'Run' waits longer than the five minutes that an Express workflow may take: take Express off the workflow
using Portable;

namespace Traps.Workflows;

public sealed class PORT715
{
    [Workflow("port715", Express = true)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await flow.Delay(TimeSpan.FromMinutes(6));
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
