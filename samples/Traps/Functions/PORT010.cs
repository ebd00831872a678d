// Function 'Run' has a schedule of 2 fields: write minute, hour, day of month, month and day of week
using Portable;

namespace Traps.Functions;

public static class PORT010
{
    [Function("port010"), ScheduleTrigger("every night")]
    public static void Run() => Console.WriteLine("nightly");
}
