// 'Order' is published and does not say what event it is: add [EventContract("com.acme.order", Version = 1)] to the type
using Portable;

namespace Traps.Functions;

public static class PORT025
{
    [Function("port025"), HttpTrigger("POST", "/port025"), AllowAnonymous]
    public static Task<string> Run(Order order, IEventBus events, CancellationToken cancellationToken) => events.Publish(order, cancellationToken: cancellationToken);
}
