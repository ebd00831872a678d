// 'Await' asks again and again in a loop with Task.Delay: the function is paid for all that time, and its timeout cuts the loop off; make it a workflow that waits between the questions, let an event start it, or run the loop in an always-on worker
using Portable;

namespace Traps.Fit;

public sealed class PORT502(PORT502.IJobs jobs)
{
    public interface IJobs
    {
        Task<bool> IsDone(string id);
    }

    [Function("port502"), HttpTrigger("POST", "/port502/{id}"), AllowAnonymous]
    public async Task Await(string id, CancellationToken cancellationToken)
    {
        while (!await jobs.IsDone(id))
        {
            await Task.Delay(1000, cancellationToken);
        }
    }
}
