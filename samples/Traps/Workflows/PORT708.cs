// The workflow name 'port 708' is not a name that every engine accepts: use lower-case letters, digits and hyphens, a letter first, at most 50 characters
using Portable;

namespace Traps.Workflows;

public sealed class PORT708
{
    [Workflow("port 708")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Pack, order);
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
