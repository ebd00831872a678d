// Workflow 'Run' throws InvalidOperationException, which no engine but .NET knows: throw new StepFailed("InvalidOperation", "message")
using Portable;

namespace Traps.Workflows;

public sealed class PORT718
{
    [Workflow("port718")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        if (packed.Status == "lost")
        {
            throw new InvalidOperationException("lost");
        }

        return packed;
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
