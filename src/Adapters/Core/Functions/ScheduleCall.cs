namespace Portable.Runtime;

/// <summary>One firing of a schedule.</summary>
public sealed class ScheduleCall(ScheduledEvent scheduled, InvocationContext context)
{
    /// <summary>When it was due.</summary>
    public ScheduledEvent Scheduled { get; } = scheduled;

    /// <summary>The invocation.</summary>
    public InvocationContext Context { get; } = context;
}
