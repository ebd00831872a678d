// Function 'Run' reads an ordered queue, and Azure storage queues keep no order: use a stream, whose partitions do, or take azure out of PortableClouds
using Portable;

namespace Traps.Functions;

public static class PORT015
{
    [Function("port015"), QueueTrigger("port015", Ordered = true), DeadLetter("port015-dead")]
    public static void Run(Order order) => Console.WriteLine(order.Id);
}
