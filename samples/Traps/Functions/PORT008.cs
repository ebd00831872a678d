// Function 'Run' is started by the clock, and nobody would receive what it returns: return nothing
using Portable;

namespace Traps.Functions;

public static class PORT008
{
    [Function("port008"), ScheduleTrigger("0 3 * * *")]
    public static int Run() => 1;
}
