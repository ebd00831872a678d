// Workflow 'Run' evaluates 'order.Cents / -2' in the generated step 'Lift_1', since engines cannot: that is one more invocation when a run gets there
using Portable;

namespace Traps.Workflows;

public sealed class PORT722
{
    [Workflow("port722")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var packed = await flow.Step(Pack, order);
        var half = order.Cents / -2;
        return half < 5 ? packed : new Receipt(order.Id, "dear");
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
