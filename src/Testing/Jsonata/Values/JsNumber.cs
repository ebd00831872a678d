using System.Globalization;

namespace Portable.Testing.Jsonata.Values;

/// <summary>Numbers as JavaScript writes them.</summary>
internal static class JsNumber
{
    /// <summary>The shortest text that reads back as the same number, in JavaScript's notation.</summary>
    public static string ToText(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = value < 0;
        var (digits, exponent) = Split(shortest);
        var body = Layout(digits, exponent);
        return negative ? "-" + body : body;
    }

    /// <summary>The number after rounding to 15 significant digits, which is how <c>$string</c> shows fractions.</summary>
    public static double Rounded(double value)
    {
        if (value == Math.Truncate(value))
        {
            return value;
        }

        // Ties go away from zero, unlike in .NET's own formats: so more digits are asked for, and rounded here.
        var text = Math.Abs(value).ToString("E60", CultureInfo.InvariantCulture);
        var digits = long.Parse(text[..1] + text[2..16], CultureInfo.InvariantCulture) + (text[16] >= '5' ? 1 : 0);
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) - 14;
        var rounded = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}E{exponent}"), CultureInfo.InvariantCulture);
        return value < 0 ? -rounded : rounded;
    }

    private static (string Digits, int Exponent) Split(string shortest)
    {
        var unsigned = shortest.TrimStart('-');
        var e = unsigned.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? unsigned : unsigned[..e];
        var scale = e < 0 ? 0 : int.Parse(unsigned[(e + 1)..], CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? "" : mantissa[(point + 1)..];
        var digits = (whole + fraction).TrimStart('0').TrimEnd('0');
        var exponent = whole == "0" ? -(fraction.Length - fraction.TrimStart('0').Length) - 1 : whole.Length - 1;
        return (digits, exponent + scale);
    }

    private static string Layout(string digits, int exponent)
    {
        var count = digits.Length;
        var point = exponent + 1;
        if (point is > 0 and <= 21)
        {
            return count <= point ? digits + new string('0', point - count) : digits[..point] + "." + digits[point..];
        }

        if (point is > -6 and <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        var sign = exponent < 0 ? "-" : "+";
        var power = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return count == 1 ? $"{digits}e{sign}{power}" : $"{digits[0]}.{digits[1..]}e{sign}{power}";
    }
}
