// Function 'Run' has [Idempotent] and must say one thing that identifies a call: a member or template, Header, or MessageId = true
using Portable;

namespace Traps.Functions;

public static class PORT021
{
    [Function("port021"), QueueTrigger("port021"), DeadLetter("port021-dead"), Idempotent]
    public static void Run(Order order) => Console.WriteLine(order.Id);
}
