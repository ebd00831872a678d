// Function 'Run' has several policies: keep one of [Authorize], [ApiKey], [PlatformAuthorizer] and [AllowAnonymous]
using Portable;

namespace Traps.Security;

public static class PORT803
{
    [Function("port803"), HttpTrigger("GET", "/port803"), AllowAnonymous, ApiKey("port803")]
    public static string Run() => "hello";
}
