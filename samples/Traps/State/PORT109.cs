// 'Price' keeps '_cents' for the step 'Charge': each step runs in an object and mostly in a process of its own, and a replayed workflow does not run it again; return the value, and pass it on in the payload
using Portable;

namespace Traps.State;

public sealed class PORT109
{
    private int _cents;

    [Workflow("port109")]
    public async Task<string> Run(IWorkflow flow, string order)
    {
        await flow.Step(Price, order);
        return await flow.Step(Charge, order);
    }

    [Step]
    public Task Price(string order)
    {
        _cents = 100;
        return Task.CompletedTask;
    }

    [Step]
    public Task<string> Charge(string order) => Task.FromResult($"{order}: {_cents}");
}
