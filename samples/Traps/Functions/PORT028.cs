// 'Run' has a timeout of 100 s, and aws ends a request of an HTTP API after 30 s, whatever the function's own timeout (Amazon API Gateway quotas: maximum integration timeout): ask for less, or take aws out of PortableClouds
using Portable;

namespace Traps.Functions;

public static class PORT028
{
    [Function("port028", TimeoutSeconds = 100), HttpTrigger("GET", "/port028"), AllowAnonymous]
    public static string Run() => "late";
}
