// 'Port202' has the key 'Reference', and 'Reference' may be null: the step is called without a key then; name a member that is always there, or make it non-nullable
using Portable;

namespace Traps.Retries;

public sealed record Port202Payment(int Cents, string? Reference);

public static class PORT202
{
    [Workflow("port202")]
    public static async Task<int> Run(IWorkflow flow, Port202Payment payment) => await flow.Step(Port202, payment);

    [Step, Idempotent(nameof(Port202Payment.Reference))]
    public static Task<int> Port202(Port202Payment payment) => Task.FromResult(payment.Cents);
}
