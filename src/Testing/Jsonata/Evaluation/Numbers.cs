using System.Globalization;
using System.Text.RegularExpressions;
using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Functions on numbers.</summary>
internal static partial class Numbers
{
    public static IEnumerable<Native> Functions =>
    [
        Optional("number", "(nsb)-", 1, static call => ToNumber(call[0]!)),
        Optional("floor", "n-", 1, static call => Math.Floor(call.Number(0))),
        Optional("ceil", "n-", 1, static call => Math.Ceiling(call.Number(0))),
        Optional("abs", "n-", 1, static call => Math.Abs(call.Number(0))),
        Optional("round", "n-n?", 2, static call => Round(call.Number(0), call.Has(1) ? call.Number(1) : 0)),
        Optional("sqrt", "n-", 1, static call => call.Number(0) >= 0 ? Math.Sqrt(call.Number(0)) : throw new JsonataException("D3060", "A negative number has no square root.")),
        Optional("power", "n-n", 2, static call => call.Has(1) && double.IsFinite(Math.Pow(call.Number(0), call.Number(1)))
            ? Math.Pow(call.Number(0), call.Number(1))
            : throw new JsonataException("D3061", "The power is out of range.")),
        Optional("sum", "a<n>", 1, static call => call.List(0).Aggregate(0d, static (total, number) => total + (double)number!)),
        Optional("max", "a<n>", 1, static call => call.List(0).Count == 0 ? null : call.List(0).Max(static number => (double)number!)),
        Optional("min", "a<n>", 1, static call => call.List(0).Count == 0 ? null : call.List(0).Min(static number => (double)number!)),
        Optional("average", "a<n>", 1, static call => call.List(0) is { Count: > 0 } list ? list.Aggregate(0d, static (total, number) => total + (double)number!) / list.Count : null),
    ];

    private static double ToNumber(object value)
    {
        switch (value)
        {
            case double number:
                return number;
            case bool boolean:
                return boolean ? 1 : 0;
            case string text when Decimal().IsMatch(text):
                var parsed = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
                return double.IsFinite(parsed) ? parsed : throw NoNumber();
            case string text when Prefixed().Match(text) is { Success: true } match:
                var radix = char.ToLowerInvariant(match.Groups["radix"].Value[0]) switch { 'x' => 16, 'o' => 8, _ => 2 };
                return match.Groups["digits"].Value.Aggregate(0d, (total, digit) => (total * radix) + int.Parse(digit.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            case string text when text.StartsWith("0x", StringComparison.OrdinalIgnoreCase):
                throw new JsonataNotSupportedException("A hexadecimal number followed by other text");
            default:
                throw NoNumber();
        }
    }

    private static JsonataException NoNumber() => new("D3030", "The value is no number.");

    private static double Round(double value, double precision)
    {
        if (precision == 0)
        {
            return Math.Round(value, MidpointRounding.ToEven) + 0;
        }

        // By way of the text, since multiplying by a power of ten would itself round.
        var shifted = Math.Round(Shift(value, precision), MidpointRounding.ToEven);
        return Shift(shifted, -precision) + 0;
    }

    private static double Shift(double value, double places)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonataNotSupportedException("Rounding an infinite number");
        }

        var parts = JsNumber.ToText(value).Split('e');
        var exponent = (parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 0) + places;
        return exponent == Math.Truncate(exponent)
            ? double.Parse(parts[0] + "e" + exponent.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new JsonataNotSupportedException("Rounding to a fraction of a digit");
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0(?:(?<radix>[xX])(?<digits>[0-9A-Fa-f]+)|(?<radix>[oO])(?<digits>[0-7]+)|(?<radix>[bB])(?<digits>[01]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefixed();
}
