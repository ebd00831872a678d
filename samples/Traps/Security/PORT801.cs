// Function 'Run' says nothing of who may call it, so that everybody may: add [Authorize], [ApiKey] or [PlatformAuthorizer], or [AllowAnonymous] if everybody is meant
using Portable;

namespace Traps.Security;

public static class PORT801
{
    [Function("port801"), HttpTrigger("GET", "/port801")]
    public static string Run() => "hello";
}
