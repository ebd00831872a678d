// 'Run' has a TimeoutSeconds that is not between 0 and a year
using Portable;

namespace Traps.Functions;

public static class PORT013
{
    [Function("port013", TimeoutSeconds = -1), ScheduleTrigger("0 3 * * *")]
    public static void Run() => Console.WriteLine("nightly");
}
