// Workflow 'Run' reads the field '_limit', which is not part of the run's data: pass it in the input or read it in a step
using Portable;

namespace Traps.Workflows;

public sealed class PORT704
{
    [Workflow("port704")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        if (order.Cents > _limit)
        {
            return packed;
        }

        return await flow.Step(Pack, order);
    }

    private readonly int _limit = 5;

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
