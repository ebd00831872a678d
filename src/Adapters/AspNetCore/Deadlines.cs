namespace Portable.Runtime.AspNetCore;

/// <summary>The deadline of an invocation where the platform does not send one: the function's own timeout.</summary>
public static class Deadlines
{
    /// <summary>Now plus the function's timeout; <see langword="null"/> when it has none.</summary>
    public static DateTimeOffset? Of(FunctionDefinition function, TimeProvider time) =>
        function.TimeoutSeconds > 0 ? time.GetUtcNow().AddSeconds(function.TimeoutSeconds) : null;
}
