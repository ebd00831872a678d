// 'done' cannot be bound on any cloud: take a value, a service, a CancellationToken or the InvocationContext
using Portable;

namespace Traps.Functions;

public static class PORT004
{
    [Function("port004"), HttpTrigger("POST", "/port004"), AllowAnonymous]
    public static void Run(Action done) => done();
}
