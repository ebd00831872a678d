namespace Portable.Runtime;

/// <summary>The invocation that code runs in, wherever it logs from. In applications without services only the pipeline logs, which knows it anyway.</summary>
internal static class InvocationScope
{
    private static readonly AsyncLocal<InvocationContext?> Ambient = new();

    /// <summary>The invocation; <see langword="null"/> outside of any.</summary>
    public static InvocationContext? Current => Ambient.Value;

    /// <summary>From now on, until the calling method returns, code runs in an invocation.</summary>
    public static void Enter(InvocationContext context)
    {
        if (context.Application.HasServices)
        {
            Ambient.Value = context;
        }
    }
}
