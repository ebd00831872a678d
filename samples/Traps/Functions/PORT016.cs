// Function 'Run' watches a table: on Azure the change feed tells neither deletions nor the row as it was, and an insertion from a modification only as Written; mark rows as deleted where deletions matter
using Portable;

namespace Traps.Functions;

public static class PORT016
{
    [Function("port016"), TableTrigger("port016"), DeadLetter("port016-dead")]
    public static void Run(TableChange<Order> change) => Console.WriteLine(change.Kind);
}
