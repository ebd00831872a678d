// 'Place' logs the whole of 'order': what it holds, and what is added to it later, is then kept in logs that many may read; log what identifies it, such as 'order.Id'
using Portable;

namespace Traps.Security;

public static class PORT806
{
    [Function("port806"), HttpTrigger("POST", "/port806"), AllowAnonymous]
    public static void Place([FromBody] CardOrder order) => Console.WriteLine(order);
}

public sealed record CardOrder(string Id, string CardNumber);
