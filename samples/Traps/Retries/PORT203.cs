// 'Port203' has the key 'TenantId', which many messages have in common: only the first of them is handled; use what identifies the work, such as the number of the order
using Portable;

namespace Traps.Retries;

public sealed record Port203Order(string TenantId, string OrderId);

public static class PORT203
{
    [Workflow("port203")]
    public static async Task<string> Run(IWorkflow flow, Port203Order order) => await flow.Step(Port203, order);

    [Step, Idempotent(nameof(Port203Order.TenantId))]
    public static Task<string> Port203(Port203Order order) => Task.FromResult(order.OrderId);
}
