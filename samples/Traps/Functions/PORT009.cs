// Function 'Run' is not visible to emitted code: make it internal or public
using Portable;

namespace Traps.Functions;

public static class PORT009
{
    [Function("port009"), ScheduleTrigger("0 3 * * *")]
    private static void Run() => Console.WriteLine("nightly");
}
