using System.Globalization;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>Times as the standard library reads and writes them: ISO 8601 with microseconds.</summary>
internal static class GoogleTime
{
    /// <summary><c>time.format</c>: <c>2024-07-12T12:50:33.000000Z</c>, or with an offset in a zone that has one.</summary>
    public static string Format(DateTimeOffset time, string zone)
    {
        if (zone.Length > 0)
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            {
                throw GoogleError.Of("ValueError", $"'{zone}' is no time zone");
            }

            time = TimeZoneInfo.ConvertTime(time, found);
        }

        return time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
    }

    public static DateTimeOffset FromSeconds(object? seconds) => seconds switch
    {
        long integer => DateTimeOffset.UnixEpoch.AddSeconds(integer),
        double number => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(number * 1_000_000) * (TimeSpan.TicksPerSecond / 1_000_000)),
        _ => throw GoogleError.Of("TypeError", $"a time is a number of seconds, not a {GoogleLibrary.TypeName(seconds)}"),
    };

    /// <summary>A timestamp of a text; a time without an offset is refused, since nothing says which it would be.</summary>
    public static DateTimeOffset Parse(object? value, string what) => value is not string text
        ? throw GoogleError.Of("TypeError", $"{what} is a string, not a {GoogleLibrary.TypeName(value)}")
        : text.Length > 10 && (text[^1] is 'Z' or 'z' || text.AsSpan(10).ContainsAny('+', '-'))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time
        : throw GoogleError.Of("ValueError", $"'{text}' is no timestamp in ISO 8601 format");

    public static object Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
}
