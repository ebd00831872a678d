// 'Remind' waits 30 s with Task.Delay: the function is paid for while it does nothing, and its timeout goes on; make it a workflow that waits with flow.Delay, or have a schedule or a delayed message start what comes after
using Portable;

namespace Traps.Fit;

public static class PORT501
{
    [Function("port501"), HttpTrigger("POST", "/port501"), AllowAnonymous]
    public static async Task Remind(string order, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
        Console.WriteLine(order);
    }
}
