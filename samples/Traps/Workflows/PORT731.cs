// Workflow 'Run' undoes its steps when it fails, and nothing undoes 'Reserve', which calls HttpClient.PutAsync: what it did would stay; add [Compensate(nameof(...))] with the step that takes it back
using Portable;

namespace Traps.Workflows;

public sealed class PORT731(HttpClient stock)
{
    [Workflow("port731", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, string order)
    {
        await flow.Step(Reserve, order);
        await flow.Step(Look, order);
    }

    [Step, Retry(MaxAttempts = 1)]
    public async Task Reserve(string order, CancellationToken ct) => await stock.PutAsync("https://stock.example/" + order, null, ct);

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Look(string order, CancellationToken ct) => stock.GetStringAsync("https://stock.example/" + order, ct);
}
