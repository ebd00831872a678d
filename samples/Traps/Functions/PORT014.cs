// Function 'Run' does not say which events start it: add [EventContract("com.acme.order.placed", Version = 1)] to the payload's type, or state the type in [EventTrigger("...")]
using Portable;

namespace Traps.Functions;

public static class PORT014
{
    [Function("port014"), EventTrigger, DeadLetter("port014-dead")]
    public static void Run(Order order) => Console.WriteLine(order.Id);
}
