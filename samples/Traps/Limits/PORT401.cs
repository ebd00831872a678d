// 'Report' has a timeout of 60 s, and aws ends a request of an HTTP API after 30 s, whatever the function's own timeout (Amazon API Gateway quotas: maximum integration timeout): ask for less, or take aws out of PortableClouds
using Portable;

namespace Traps.Limits;

public static class PORT401
{
    [Function("port401", TimeoutSeconds = 60), HttpTrigger("GET", "/port401"), AllowAnonymous]
    public static string Report() => "report";
}
