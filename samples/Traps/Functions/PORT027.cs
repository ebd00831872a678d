// 'key' is the secret 'Port_027', a name that not every cloud accepts: use up to 100 lower-case letters, digits and single hyphens, a letter first
using Portable;

namespace Traps.Functions;

public static class PORT027
{
    [Function("port027"), HttpTrigger("GET", "/port027"), AllowAnonymous]
    public static int Run([Secret("Port_027")] string key) => key.Length;
}
