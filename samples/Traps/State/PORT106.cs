// 'Remind' makes a System.Threading.Timer: it does not tick while the platform has frozen the process, and ticks in every process that there is; write a function with [ScheduleTrigger], or wait in a workflow
using Portable;

namespace Traps.State;

public static class PORT106
{
    [Function("port106"), HttpTrigger("POST", "/port106/{id}"), AllowAnonymous]
    public static string Remind(string id)
    {
        var timer = new Timer(_ => Console.WriteLine(id), null, 60_000, 60_000);
        return timer.ToString() ?? id;
    }
}
