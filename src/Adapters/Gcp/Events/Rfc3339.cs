using System.Globalization;

namespace Portable.Gcp;

/// <summary>Times as CloudEvents and Google's services write them: RFC 3339, up to nanoseconds.</summary>
internal static class Rfc3339
{
    private const int FractionStart = 20; // behind "2026-11-21T18:30:00."
    private const int LongestFraction = 7; // of a .NET tick

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a time; digits behind a tenth of a microsecond are dropped.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length is < 20 or > 40)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(Shortened(text), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static string Shortened(string text)
    {
        var end = FractionStart;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - FractionStart <= LongestFraction ? text : text.Remove(FractionStart + LongestFraction, end - FractionStart - LongestFraction);
    }
}
