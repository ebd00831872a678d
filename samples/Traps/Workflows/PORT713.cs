// Workflow 'Run' runs the workflow 'missing', which the project does not have: name one of its [Workflow] methods
using Portable;

namespace Traps.Workflows;

public sealed class PORT713
{
    [Workflow("port713")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Child<Order, Receipt>("missing", order);
    }
}
