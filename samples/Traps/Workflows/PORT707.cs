// Inference 'Score' must be a partial method without a body: the generator writes it
using Portable;

namespace Traps.Workflows;

public sealed class PORT707
{
    [Workflow("port707")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        return await flow.Step(Pack, order);
    }

    [Inference("port707", TimeoutSeconds = 5)]
    public Task<Receipt> Score(Order order) => Task.FromResult(new Receipt(order.Id, "scored"));

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
