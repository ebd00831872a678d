// Function 'Get' promises an answer within 8 ms and has no [Warm]: a cold start alone takes longer than 10 ms; keep instances warm with [Warm(1)], promise more, or run it in an always-on worker
using Portable;

namespace Traps.Fit;

public static class PORT508
{
    [Function("port508", LatencyMilliseconds = 8), HttpTrigger("GET", "/port508/{sku}"), AllowAnonymous]
    public static string Get(string sku) => sku;
}
