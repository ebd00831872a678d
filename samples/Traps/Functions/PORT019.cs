// Function 'Run' has no [DeadLetter]: on Azure event hubs, IoT hubs and change feeds move on after the last attempt, and what still failed is gone; name a queue for it, or take azure out of PortableClouds
using Portable;

namespace Traps.Functions;

public static class PORT019
{
    [Function("port019"), StreamTrigger("port019")]
    public static void Run(Order order) => Console.WriteLine(order.Id);
}
