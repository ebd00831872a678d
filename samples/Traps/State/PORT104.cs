// 'Place' starts 'Task.Run' and does not wait for it: the platform freezes it when the invocation ends, and nobody sees it fail; await it, or send a message to a function that does it
using Portable;

namespace Traps.State;

public static class PORT104
{
    [Function("port104"), HttpTrigger("POST", "/port104/{id}"), AllowAnonymous]
    public static string Place(string id)
    {
        _ = Task.Run(() => Console.WriteLine(id));
        return id;
    }
}
