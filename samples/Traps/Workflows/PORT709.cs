// Workflow 'Run' catches something else than StepFailed, the only exception that steps fail with on every engine: write 'catch (StepFailed failure)', and tell failures apart by their Code
using Portable;

namespace Traps.Workflows;

public sealed class PORT709
{
    [Workflow("port709")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        try
        {
            return await flow.Step(Pack, order);
        }
        catch (TimeoutException)
        {
            return new Receipt(order.Id, "late");
        }
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
