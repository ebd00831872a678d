// Workflow 'Run' makes another name for 'names', a list that is added to: copy it where it is used, as in '[.. names]'
using Portable;

namespace Traps.Workflows;

public sealed class PORT716
{
    [Workflow("port716")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var names = new List<string>();
        var others = names;
        names.Add(order.Id);
        var packed = await flow.Step(Pack, order);
        return others.Count > 1 ? packed : new Receipt(order.Id, "one");
    }

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}
