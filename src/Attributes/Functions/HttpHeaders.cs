using System.Globalization;
using System.Text;

namespace Portable;

/// <summary>
/// What may stand in headers. A value with a line break would let whoever chose it write headers or a body of their own, so such values are refused where they are
/// set, and every host sends what is left. Values are visible ASCII, blanks and tabs; what is more must be encoded by whoever defines the header.
/// </summary>
internal static class HttpHeaders
{
    public static KeyValuePair<string, string> Check(string name, string value) =>
        IsToken(name) ? new(name, CheckValue(value)) : throw new ArgumentException("The name of the header is no token: letters, digits and !#$%&'*+-.^_`|~ only.", nameof(name));

    public static string CheckValue(string value)
    {
        foreach (var letter in value)
        {
            if (letter is (< ' ' and not '\t') or > '~')
            {
                throw new ArgumentException("The value has a control character or one outside ASCII; encode it, for an address with Uri.EscapeDataString.", nameof(value));
            }
        }

        return value;
    }

    /// <summary>The value of a Set-Cookie header; a cookie's own value is escaped as in an address.</summary>
    public static string Cookie(string name, string value, HttpCookieOptions? options)
    {
        if (!IsToken(name))
        {
            throw new ArgumentException("The name of the cookie is no token: letters, digits and !#$%&'*+-.^_`|~ only.", nameof(name));
        }

        options ??= new HttpCookieOptions();
        var text = new StringBuilder(name).Append('=').Append(Uri.EscapeDataString(value));
        Attribute(text, "Path", options.Path);
        Attribute(text, "Domain", options.Domain);
        if (options.MaxAge is { } age)
        {
            Attribute(text, "Max-Age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        text.Append(options.Secure ? "; Secure" : "").Append(options.HttpOnly ? "; HttpOnly" : "");
        Attribute(text, "SameSite", options.SameSite);
        return text.ToString();
    }

    private static void Attribute(StringBuilder text, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.Contains(';'))
        {
            throw new ArgumentException($"The cookie's {name} has a semicolon.", nameof(value));
        }

        text.Append("; ").Append(name).Append('=').Append(CheckValue(value));
    }

    private static bool IsToken(string name)
    {
        foreach (var letter in name)
        {
            if (letter is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && "!#$%&'*+-.^_`|~".IndexOf(letter) < 0)
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
