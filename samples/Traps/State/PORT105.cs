// 'Audit' is async void: the invocation ends without waiting for it, and an exception in it ends the process with everything else that runs there; return a Task and await it
using Portable;

namespace Traps.State;

public static class PORT105
{
    [Function("port105"), HttpTrigger("POST", "/port105/{id}"), AllowAnonymous]
    public static string Place(string id)
    {
        Audit(id);
        return id;
    }

    private static async void Audit(string id) => await Console.Out.WriteLineAsync(id);
}
