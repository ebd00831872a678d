// Workflow 'Run' calls 'Count' within itself: engines know no recursion, so write a loop, or make it a workflow of its own and run it with flow.Child
using Portable;

namespace Traps.Workflows;

public sealed class PORT724
{
    [Workflow("port724")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        await Count(3);
        return packed;

        async Task Count(int rest)
        {
            if (rest > 0)
            {
                await Count(rest - 1);
            }

            await flow.Step(Pack, order);
        }
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
