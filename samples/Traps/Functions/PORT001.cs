// Function 'Run' has no trigger: add [HttpTrigger], [QueueTrigger], [StreamTrigger], [StorageTrigger], [ScheduleTrigger], [EventTrigger], [TableTrigger] or [DeviceTrigger]
using Portable;

namespace Traps.Functions;

public static class PORT001
{
    [Function("port001")]
    public static void Run() => Console.WriteLine("starts never");
}
