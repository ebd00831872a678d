// The function name 'port_002' is not a name that every cloud accepts: use letters, digits and hyphens, a letter first, at most 50 characters, as in [Function("place-order")]
using Portable;

namespace Traps.Functions;

public static class PORT002
{
    [Function("port_002"), ScheduleTrigger("0 3 * * *")]
    public static void Run() => Console.WriteLine("nightly");
}
