namespace Portable;

/// <summary>The firing of a schedule.</summary>
public sealed class ScheduledEvent
{
    /// <summary>Creates the event; the runtime does so, and tests may.</summary>
    /// <param name="scheduledTime">When the schedule was due, where the cloud says so, else when it fired.</param>
    public ScheduledEvent(DateTimeOffset scheduledTime) => ScheduledTime = scheduledTime;

    /// <summary>When the schedule was due, in UTC; when it fired, where the cloud does not say.</summary>
    public DateTimeOffset ScheduledTime { get; }
}
