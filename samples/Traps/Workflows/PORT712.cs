// Workflow 'Run' waits for an event whose name is no constant of letters, digits, hyphens and underscores, at most 64: name it so, and put what tells runs apart into the run's id
using Portable;

namespace Traps.Workflows;

public sealed class PORT712
{
    [Workflow("port712")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await flow.Event<Receipt>(order.Id, TimeSpan.FromDays(1));
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
