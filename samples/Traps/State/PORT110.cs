// 'LastCaller' is a singleton and keeps 'context', which is the context of an invocation, in '_id': requests that run at the same time, and later ones, see it; pass it as an argument, or register the type with AddScoped
using Microsoft.Extensions.DependencyInjection;
using Portable;
using Portable.Runtime;

namespace Traps.State;

[Startup]
public sealed class Startup : IPortableStartup
{
    public void Configure(IPortableBuilder app) => app.Services.AddSingleton<LastCaller>();
}

public sealed class LastCaller
{
    private string? _id;

    public string? Swap(InvocationContext context)
    {
        var last = _id;
        _id = context.InvocationId;
        return last;
    }
}

public sealed class PORT110(LastCaller caller)
{
    [Function("port110"), HttpTrigger("POST", "/port110"), AllowAnonymous]
    public string? Call(InvocationContext context) => caller.Swap(context);
}
