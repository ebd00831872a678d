using System.Globalization;

namespace Portable.Generator.Emit.Aws;

/// <summary>
/// A schedule as EventBridge writes it: <c>cron(minutes hours day-of-month month day-of-week year)</c>. Days of the week count from 1, Sunday, where ours count from 0; and of the two
/// days one is a question mark.
/// </summary>
internal static class AwsCron
{
    public static string Expression(string cron)
    {
        var fields = cron.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            return $"cron({cron})"; // reported by the analyzer
        }

        var anyWeekday = fields[4] == "*";
        return $"cron({fields[0]} {fields[1]} {(anyWeekday ? fields[2] : "?")} {fields[3]} {(anyWeekday ? "?" : Weekdays(fields[4]))} *)";
    }

    private static string Weekdays(string field) => string.Join(",", field.Split(',').Select(Weekday));

    private static string Weekday(string item)
    {
        var slash = item.IndexOf('/');
        var (range, step) = slash < 0 ? (item, 0) : (item.Substring(0, slash), Number(item.Substring(slash + 1)));
        var hyphen = range.IndexOf('-');
        var (from, to) = range == "*" ? (0, 6)
            : hyphen < 0 ? (Number(range), slash < 0 ? Number(range) : 6)
            : (Number(range.Substring(0, hyphen)), Number(range.Substring(hyphen + 1)));
        if (from < 0 || to < 0 || step < 0)
        {
            return item; // reported by the analyzer
        }

        // A step is written out: there the first day of the week is another one, and so the days that a step reaches.
        return step > 0 ? string.Join(",", Enumerable.Range(from, Math.Max(0, to - from + 1)).Where(day => (day - from) % step == 0).Select(Text))
            : from == to ? Text(from)
            : to == 7 ? $"{Text(from)}-7,1"
            : $"{Text(from)}-{Text(to)}";
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    // 7 is Sunday too.
    private static string Text(int day) => (day % 7 + 1).ToString(CultureInfo.InvariantCulture);
}
