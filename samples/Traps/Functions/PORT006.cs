// 'Run' has '{id}' in its route and no parameter 'id': add it, or bind another one with [FromRoute(Name = "id")]
using Portable;

namespace Traps.Functions;

public static class PORT006
{
    [Function("port006"), HttpTrigger("GET", "/port006/{id}"), AllowAnonymous]
    public static string Run(string orderId) => orderId;
}
