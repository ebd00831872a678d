// Function 'Run' has a queue for dead letters, but no messages that could go there: [DeadLetter] belongs to functions of queues, streams, storage, events, tables and devices
using Portable;

namespace Traps.Functions;

public static class PORT017
{
    [Function("port017"), ScheduleTrigger("0 3 * * *"), DeadLetter("port017-dead")]
    public static void Run() => Console.WriteLine("nightly");
}
