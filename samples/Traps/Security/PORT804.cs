// 'Send' has a literal that looks like an address with a password: whoever reads the code or the package has it too; revoke it, keep the new one in the cloud's secret store, and take it by [Secret]
using Portable;

namespace Traps.Security;

public static class PORT804
{
    [Function("port804"), HttpTrigger("GET", "/port804"), AllowAnonymous]
    public static string Send() => new Uri("amqp://shop:n0tAnyMore@broker.internal/orders").Host;
}
