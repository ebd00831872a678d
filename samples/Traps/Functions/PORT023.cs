// Parameter 'orders' does not say which queue it sends to: put [Queue("orders")] on it, or [FromServices] if the startup class registers it
using Portable;

namespace Traps.Functions;

public static class PORT023
{
    [Function("port023"), HttpTrigger("POST", "/port023"), AllowAnonymous]
    public static Task<string> Run(Order order, IQueue<Order> orders, CancellationToken cancellationToken) => orders.Send(order, cancellationToken: cancellationToken);
}
