using Orders.Services;
using Portable;

namespace Orders.Functions;

/// <summary>What happens by the clock. A static method needs no object; its services are parameters.</summary>
public static class Housekeeping
{
    [Function("expire-orders"), ScheduleTrigger("0 3 * * *")]
    public static Task ExpireOrders(ScheduledEvent due, [FromServices] IOrderStore orders, CancellationToken cancellationToken) =>
        orders.ExpireAsync(due.ScheduledTime, cancellationToken);
}
