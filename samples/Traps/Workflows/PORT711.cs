// Workflow 'Run' runs a number of elements at a time that is no constant from 1 to 20, the most that every engine can do: write it as a constant
using Portable;

namespace Traps.Workflows;

public sealed class PORT711
{
    [Workflow("port711")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Map(order.Parts, Check, maxConcurrency: 21);
        return await flow.Step(Pack, order);
    }

    [Step]
    public Task Check(string part) => Task.CompletedTask;

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
