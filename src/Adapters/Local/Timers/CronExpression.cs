using System.Globalization;

namespace Portable.Local;

/// <summary>
/// A five-field cron expression on a clock without changes, such as UTC: minute, hour, day of month, month, day of week (0-6, Sunday is 0). Fields hold <c>*</c>, numbers,
/// ranges <c>1-5</c>, lists <c>1,15</c> and steps <c>*/10</c> or <c>10-50/20</c>. When both days are restricted, either one suffices, as in
/// Unix cron.
/// </summary>
public sealed class CronExpression
{
    private const int SearchYears = 8; // February 29 is at most eight years away

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekDays;
    private readonly bool _eitherDay;
    private readonly string _text;

    private CronExpression(string text, string[] fields)
    {
        _text = text;
        _minutes = ParseField(fields[0], 0, 59, "minute");
        _hours = ParseField(fields[1], 0, 23, "hour");
        _days = ParseField(fields[2], 1, 31, "day of month");
        _months = ParseField(fields[3], 1, 12, "month");
        _weekDays = ParseField(fields[4], 0, 6, "day of week");
        _eitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
    }

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FormatException">It is malformed; the message says which field.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5
            ? new CronExpression(text, fields)
            : throw new FormatException($"The schedule '{text}' has {fields.Length} fields, not five: minute hour day month weekday.");
    }

    /// <summary>The first occurrence after an instant; <see langword="null"/> when there is none, as for February 30.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        var time = new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, DateTimeKind.Utc).AddMinutes(1);
        var last = time.AddYears(SearchYears);
        while (time <= last)
        {
            if (!Has(_months, time.Month))
            {
                time = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            }
            else if (!HasDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!Has(_hours, time.Hour))
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!Has(_minutes, time.Minute))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return new DateTimeOffset(time);
            }
        }

        return null;
    }

    /// <summary>Whether it fires in every hour of its days.</summary>
    internal bool EveryHour => _hours == (1UL << 24) - 1;

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => _text;

    private static bool Has(ulong set, int value) => (set & (1UL << value)) != 0;

    private bool HasDay(DateTime time)
    {
        var day = Has(_days, time.Day);
        var weekDay = Has(_weekDays, (int)time.DayOfWeek);
        return _eitherDay ? day || weekDay : day && weekDay;
    }

    private static ulong ParseField(string field, int minimum, int maximum, string name)
    {
        var set = 0UL;
        foreach (var part in field.Split(','))
        {
            var slash = part.IndexOf('/');
            var range = slash < 0 ? part : part[..slash];
            var step = slash < 0 ? 1 : Number(part[(slash + 1)..], 1, maximum, field, name);
            int first, last;
            var dash = range.IndexOf('-');
            if (range == "*")
            {
                (first, last) = (minimum, maximum);
            }
            else if (dash >= 0)
            {
                first = Number(range[..dash], minimum, maximum, field, name);
                last = Number(range[(dash + 1)..], first, maximum, field, name);
            }
            else if (slash >= 0)
            {
                throw Malformed(field, name, "a step follows * or a range");
            }
            else
            {
                first = last = Number(range, minimum, maximum, field, name);
            }

            for (var value = first; value <= last; value += step)
            {
                set |= 1UL << value;
            }
        }

        return set;
    }

    private static int Number(string text, int minimum, int maximum, string field, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : throw Malformed(field, name, $"'{text}' is not a number from {minimum} to {maximum}");

    private static FormatException Malformed(string field, string name, string reason) => new($"The {name} '{field}' of the schedule is malformed: {reason}.");
}
