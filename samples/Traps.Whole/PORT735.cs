// Workflow 'Run' no longer has 'Weigh', unlike version 1 in portable.workflows.txt: a run that began before may not find what it goes on with; raise Version to 2, or write the new shape down where no run is under way
using Portable;

namespace Traps.Whole;

public static class PORT735
{
    [Workflow("port735")]
    public static async Task Run(IWorkflow flow, string parcel) => await flow.Step(Pack, parcel);

    [Step]
    public static Task Pack(string parcel) => Task.FromResult(parcel.Length);
}
