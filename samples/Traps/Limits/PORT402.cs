// 'Report' asks for 8192 MB, and azure gives an instance at most 4,096 MB (Azure Functions: instance sizes of the Flex Consumption plan): ask for less, or take azure out of PortableClouds
using Portable;

namespace Traps.Limits;

public static class PORT402
{
    [Function("port402", MemoryMegabytes = 8192), HttpTrigger("GET", "/port402"), AllowAnonymous]
    public static string Report() => "report";
}
