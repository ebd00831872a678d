namespace Portable;

/// <summary>Starts a function by the clock.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScheduleTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a schedule.</summary>
    /// <param name="cron">
    /// Five fields: minute, hour, day of month, month, day of week (0-6, Sunday is 0); each <c>*</c>, a number,
    /// a range <c>1-5</c>, a list <c>1,15</c> or a step <c>*/10</c>. One of the two days is <c>*</c>.
    /// </param>
    public ScheduleTriggerAttribute(string cron) => Cron = cron;

    /// <summary>The five-field cron expression.</summary>
    public string Cron { get; }

    /// <summary>
    /// The IANA name of the time zone, such as <c>Europe/Berlin</c>; UTC when <see langword="null"/>. Azure has one time zone for the
    /// whole application.
    /// </summary>
    public string? TimeZone { get; set; }
}
