// Step 'Count' must return Task or Task<T>
using Portable;

namespace Traps.Workflows;

public sealed class PORT702
{
    [Workflow("port702")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Pack, order);
    }

    [Step]
    public int Count(Order order) => order.Cents;

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
