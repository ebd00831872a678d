// Workflow 'Run' must be async: its body is what the engines run
using Portable;

namespace Traps.Workflows;

public sealed class PORT701
{
    [Workflow("port701")]
    public Task<Receipt> Run(IWorkflow flow, Order order) => flow.Step(Pack, order);

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
