// Parameter 'orders' sends to the queue 'Port_024', a name that not every cloud accepts: use 3 to 63 lower-case letters, digits and single hyphens, a letter first
using Portable;

namespace Traps.Functions;

public static class PORT024
{
    [Function("port024"), HttpTrigger("POST", "/port024"), AllowAnonymous]
    public static Task<string> Run(Order order, [Queue("Port_024")] IQueue<Order> orders, CancellationToken cancellationToken) => orders.Send(order, cancellationToken: cancellationToken);
}
