// Step 'Port205' makes HttpClient.GetStringAsync and has no [Retry]: it is called once, and the first failure fails the run; say how often it may be tried
using Portable;

namespace Traps.Retries;

public sealed class PORT205(HttpClient shop)
{
    [Workflow("port205")]
    public async Task<string> Run(IWorkflow flow, string order) => await flow.Step(Port205, order);

    [Step]
    public Task<string> Port205(string order, CancellationToken ct) => shop.GetStringAsync("https://shop.example/orders/" + order, ct);
}
