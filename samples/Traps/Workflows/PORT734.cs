// Workflow 'Run' runs 'Ask' again and again without a wait and without a last round: every round is billed and stays in the run's history until that is full; await flow.Delay(...) in the loop, or wait for an event
using Portable;

namespace Traps.Workflows;

public static class PORT734
{
    [Workflow("port734")]
    public static async Task Run(IWorkflow flow, string job)
    {
        var state = "";
        while (state != "done")
        {
            state = await flow.Step(Ask, job);
        }
    }

    [Step]
    public static Task<string> Ask(string job) => Task.FromResult(job.Length > 3 ? "done" : "busy");
}
