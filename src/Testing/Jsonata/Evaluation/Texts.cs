using System.Globalization;
using System.Text;
using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Functions on texts. Characters are code points; case and Base64 are limited to what every implementation agrees on.</summary>
internal static class Texts
{
    public static IEnumerable<Native> Functions =>
    [
        Optional("substring", "s-nn?", 3, static call => Substring(call.Text(0), call.Number(1), call.Has(2) ? call.Number(2) : null)),
        Optional("substringBefore", "s-s", 2, static call => Cut(call, static (text, _, at) => text[..at])),
        Optional("substringAfter", "s-s", 2, static call => Cut(call, static (text, mark, at) => text[(at + mark.Length)..])),
        Optional("lowercase", "s-", 1, static call => Latin(call.Text(0)).ToLowerInvariant()),
        Optional("uppercase", "s-", 1, static call => Latin(call.Text(0)).ToUpperInvariant()),
        Optional("length", "s-", 1, static call => (double)CodePoints(call.Text(0)).Count),
        Optional("trim", "s-", 1, static call => Trim(call.Text(0))),
        Optional("pad", "s-ns?", 3, static call => Pad(call.Text(0), call.Number(1), call.Has(2) ? call.Text(2) : " ")),
        Optional("contains", "s-(sf)", 2, static call => call[1] switch
        {
            null => null,
            string part => call.Text(0).Contains(part, StringComparison.Ordinal),
            _ => throw new JsonataNotSupportedException("A matcher function"),
        }),
        Optional("split", "s-(sf)n?", 3, static call => Split(call)),
        Optional("join", "a<s>s?", 2, static call => string.Join(call.Has(1) ? call.Text(1) : "", call.List(0).Cast<string>())),
        Optional("base64encode", "s-", 1, static call => Convert.ToBase64String(Encoding.ASCII.GetBytes(Ascii(call.Text(0))))),
        Optional("base64decode", "s-", 1, static call => Ascii(Encoding.Latin1.GetString(FromBase64(call.Text(0))))),
    ];

    private static string? Cut(Invocation call, Func<string, string, int, string> part)
    {
        // An undefined separator is searched for as the text "undefined" by the reference.
        var mark = call.Has(1) ? call.Text(1) : "undefined";
        var at = call.Text(0).IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? call.Text(0) : part(call.Text(0), mark, at);
    }

    private static string Substring(string text, double start, double? length)
    {
        var points = CodePoints(text);
        if (points.Count + start < 0)
        {
            start = 0;
        }

        if (length is null)
        {
            return Slice(points, start, points.Count);
        }

        return length <= 0 ? "" : Slice(points, start, start >= 0 ? start + length.Value : points.Count + start + length.Value);
    }

    private static string Slice(List<string> points, double start, double end)
    {
        var from = Position(start, points.Count);
        var to = Position(end, points.Count);
        return from >= to ? "" : string.Concat(points[from..to]);
    }

    private static int Position(double index, int count)
    {
        var whole = Math.Truncate(index);
        return (int)Math.Clamp(whole < 0 ? count + whole : whole, 0, count);
    }

    private static List<string> CodePoints(string text)
    {
        List<string> points = [];
        for (var i = 0; i < text.Length; i++)
        {
            var paired = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            points.Add(text.Substring(i, paired ? 2 : 1));
            i += paired ? 1 : 0;
        }

        return points;
    }

    private static string Trim(string text)
    {
        var result = new StringBuilder();
        var blank = false;
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                blank = true;
                continue;
            }

            result.Append(blank && result.Length > 0 ? " " : "").Append(c);
            blank = false;
        }

        return result.ToString();
    }

    private static string Pad(string text, double width, string fill)
    {
        var missing = (int)(Math.Abs(Math.Truncate(width)) - CodePoints(text).Count);
        if (missing <= 0)
        {
            return text;
        }

        fill = fill.Length == 0 ? " " : fill;
        var padding = string.Concat(Enumerable.Repeat(fill, missing));
        padding = fill.Length > 1 ? Substring(padding, 0, missing) : padding;
        return width > 0 ? text + padding : padding + text;
    }

    private static JsonataList Split(Invocation call)
    {
        if (call[1] is not string separator)
        {
            throw new JsonataNotSupportedException("A split without a text as separator");
        }

        var limit = call.Has(2) ? call.Number(2) : double.MaxValue;
        if (limit < 0)
        {
            throw new JsonataException("D3020", "The limit of $split is not negative.");
        }

        var text = call.Text(0);
        var parts = separator.Length == 0 ? text.Select(static c => c.ToString()) : text.Split(separator);
        return new JsonataList(parts.Take((int)Math.Min(limit, int.MaxValue)));
    }

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new JsonataNotSupportedException("Base64 that is not well formed");
        }
    }

    private static string Ascii(string text) => text.All(char.IsAscii)
        ? text
        : throw new JsonataNotSupportedException("Base64 of characters beyond ASCII");

    private static string Latin(string text) => text.All(static c => c <= '\u00ff' && c is not ('\u00df' or '\u00b5'))
        ? text
        : throw new JsonataNotSupportedException(string.Create(CultureInfo.InvariantCulture, $"The case of characters beyond Latin-1"));
}
