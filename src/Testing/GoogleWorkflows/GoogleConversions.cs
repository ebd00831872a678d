using System.Globalization;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>Conversions between types, as the expression helpers do them.</summary>
internal static class GoogleConversions
{
    public static object Integer(object? value)
    {
        switch (value)
        {
            case long:
                return value;
            case double number when number is > -9.2e18 and < 9.2e18:
                return (long)Math.Truncate(number);
            case string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return integer;
            case string text:
                throw GoogleError.Of("ValueError", $"'{text}' is no integer");
            default:
                throw GoogleError.Of("TypeError", $"a {GoogleLibrary.TypeName(value)} has no integer");
        }
    }

    public static object Double(object? value) => value switch
    {
        double => value,
        long integer => (double)integer,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw GoogleError.Of("ValueError", $"'{text}' is no double"),
        _ => throw GoogleError.Of("TypeError", $"a {GoogleLibrary.TypeName(value)} has no double"),
    };

    public static string Text(object? value) => value switch
    {
        string text => text,
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => GoogleJson.Text(number),
        _ => throw new GoogleNotSimulatedException($"string() of a {GoogleLibrary.TypeName(value)}"),
    };

    public static object Length(object? value) => value switch
    {
        List<object?> list => (long)list.Count,
        GoogleMap map => (long)map.Count,
        string text => (long)Ascii(text).Length,
        _ => throw GoogleError.Of("TypeError", $"a {GoogleLibrary.TypeName(value)} has no length"),
    };

    /// <summary>Whether lengths and positions count bytes or characters is not documented: both agree on ASCII.</summary>
    public static string Ascii(string text) => text.All(char.IsAscii) ? text : throw new GoogleNotSimulatedException("length, position or case of characters beyond ASCII");
}
