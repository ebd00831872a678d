// Function 'Run' belongs to 'PORT012', whose constructor takes 'count', which no service can be: register an options class and take that
using Portable;

namespace Traps.Functions;

public sealed class PORT012(int count)
{
    [Function("port012"), ScheduleTrigger("0 3 * * *")]
    public void Run() => Console.WriteLine(count);
}
