using Microsoft.Extensions.DependencyInjection;

namespace Portable.Runtime;

/// <summary>The invocation whose scope of services this is, for what is sent from within it; one per scope, and empty outside of invocations.</summary>
internal sealed class CurrentInvocation
{
    /// <summary>The invocation; <see langword="null"/> in a scope that no invocation made.</summary>
    public InvocationContext? Context { get; private set; }

    /// <summary>Says whose scope it is, in applications that send anything.</summary>
    public static void Set(IServiceProvider scope, InvocationContext context)
    {
        if (scope.GetService<CurrentInvocation>() is { } current)
        {
            current.Context = context;
        }
    }
}
