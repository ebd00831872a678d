// Function 'Run' has the owner 'orders' and no alert: when it fails, nobody is told; write [Owner("orders", Alert = "...")] on the method, its class or the assembly
using Portable;

[assembly: Owner("traps", Alert = "traps@example.com")]

namespace Traps.Whole;

public static class PORT807
{
    [Function("port807"), HttpTrigger("GET", "/port807"), AllowAnonymous, Owner("orders")]
    public static string Run() => "";
}
