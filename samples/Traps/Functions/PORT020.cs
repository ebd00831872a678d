// Function 'Run' has [Idempotent("{Number}")], and 'Number' is no member of 'Order' that emitted code can read: use nameof(Order.Member)
using Portable;

namespace Traps.Functions;

public static class PORT020
{
    [Function("port020"), QueueTrigger("port020"), DeadLetter("port020-dead"), Idempotent("{Number}")]
    public static void Run(Order order) => Console.WriteLine(order.Id);
}
