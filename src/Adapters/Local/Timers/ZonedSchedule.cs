namespace Portable.Local;

/// <summary>
/// A cron expression on the wall clock of a time zone. A time that the clocks skip in spring does not come. A time that comes twice in autumn fires the
/// first time alone, as EventBridge Scheduler does ("How can I adjust my Amazon EventBridge schedule for daylight saving?": skipped, and runs only once), unless
/// the hour is <c>*</c>: whoever wants every hour or every five minutes wants no gap.
/// </summary>
internal sealed class ZonedSchedule(CronExpression cron, TimeZoneInfo zone)
{
    /// <summary>The schedule of a function.</summary>
    /// <exception cref="FormatException">The expression is malformed, or this machine does not know the time zone.</exception>
    public static ZonedSchedule Of(string cron, string? timeZone)
    {
        try
        {
            return new ZonedSchedule(CronExpression.Parse(cron), timeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new FormatException($"This machine does not know the time zone '{timeZone}'; it has no such file of the tz database.", e);
        }
    }

    /// <summary>The first occurrence after an instant; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(instant.ToUnixTimeMilliseconds() / 60_000.0) * 60 + 60);
        while (true)
        {
            // As long as the offset stays, the wall clock is an ordinary one; beyond that the search begins anew.
            var offset = zone.GetUtcOffset(at);
            if (cron.NextAfter(new DateTimeOffset(at.UtcDateTime + offset, TimeSpan.Zero).AddMinutes(-1)) is not { } wall)
            {
                return null;
            }

            var candidate = new DateTimeOffset(wall.DateTime, offset);
            if (FirstChange(at, candidate) is { } change)
            {
                at = change;
            }
            else if (cron.EveryHour || !IsSecondPass(candidate, offset))
            {
                return candidate.ToUniversalTime();
            }
            else
            {
                at = candidate.AddMinutes(1);
            }
        }
    }

    /// <summary>Whether the clocks showed this time once before, with another offset.</summary>
    private bool IsSecondPass(DateTimeOffset candidate, TimeSpan offset) =>
        zone.IsAmbiguousTime(candidate.DateTime) && zone.GetAmbiguousTimeOffsets(candidate.DateTime).Max() != offset;

    /// <summary>The first minute after an instant, and not after another, that has another offset.</summary>
    private DateTimeOffset? FirstChange(DateTimeOffset after, DateTimeOffset until)
    {
        // A day at a time: no zone changes there and back within one.
        var offset = zone.GetUtcOffset(after);
        var low = after;
        while (low < until)
        {
            var high = low.AddDays(1) < until ? low.AddDays(1) : until;
            if (zone.GetUtcOffset(high) != offset)
            {
                return Search(low, high, offset);
            }

            low = high;
        }

        return null;
    }

    private DateTimeOffset Search(DateTimeOffset low, DateTimeOffset high, TimeSpan offset)
    {
        var (first, last) = (low.ToUnixTimeSeconds() / 60, (high.ToUnixTimeSeconds() + 59) / 60);
        while (last - first > 1)
        {
            var middle = (first + last) / 2;
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle * 60)) == offset)
            {
                first = middle;
            }
            else
            {
                last = middle;
            }
        }

        return DateTimeOffset.FromUnixTimeSeconds(last * 60);
    }
}
