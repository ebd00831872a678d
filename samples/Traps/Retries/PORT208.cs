// 'Show' has no [DeadLetter]: a message that can never be read, or still fails at attempt 5, is dropped or kept where nobody looks; name a queue for what fails
using Portable;

namespace Traps.Retries;

public static class PORT208
{
    [Function("port208"), QueueTrigger("port208")]
    public static void Show(string order) => Console.WriteLine(order);
}
