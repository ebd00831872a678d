// Workflow 'Run' calls 'WriteLine': put the call into a step
using Portable;

namespace Traps.Workflows;

public sealed class PORT703
{
    [Workflow("port703")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        Console.WriteLine(packed.Id);
        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
