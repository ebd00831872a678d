// Function 'Run' has [Authorize] in a project without Portable.Jwt, which validates the tokens: add the package; until then every request is refused
using Portable;

namespace Traps.Security;

public static class PORT802
{
    [Function("port802"), HttpTrigger("GET", "/port802"), Authorize]
    public static string Run() => "hello";
}
