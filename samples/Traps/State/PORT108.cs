// 'Build' starts a thread with new Thread: the platform freezes it when the invocation ends; await the work, or send a message to a function that does it
using Portable;

namespace Traps.State;

public static class PORT108
{
    [Function("port108"), HttpTrigger("POST", "/port108"), AllowAnonymous]
    public static void Build(string order) => new Thread(() => Console.WriteLine(order)).Start();
}
