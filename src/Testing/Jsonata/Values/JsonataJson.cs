using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portable.Testing.Jsonata.Values;

/// <summary>Between JSON text and values.</summary>
internal static class JsonataJson
{
    public static object? Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        return From(document.RootElement);
    }

    public static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => new JsonataList(element.EnumerateArray().Select(From)),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => JsonNull.Value,
        _ => null,
    };

    /// <summary>The value as JSON text. Undefined items of an array are written as null, undefined members left out, as JavaScript does.</summary>
    /// <exception cref="JsonataException">A number is not finite, or a function is part of the value.</exception>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, static number => number, functionsAsText: false);
        return text.ToString();
    }

    /// <summary>The text that <c>$string</c> gives: fractions rounded to 15 digits, functions as empty texts.</summary>
    public static string WriteForString(object value)
    {
        var text = new StringBuilder();
        Write(text, value, JsNumber.Rounded, functionsAsText: true);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, Func<double, double> number, bool functionsAsText)
    {
        switch (value)
        {
            case null or JsonNull:
                text.Append("null");
                break;
            case bool boolean:
                text.Append(boolean ? "true" : "false");
                break;
            case double d when double.IsNaN(d) && functionsAsText:
                text.Append("null");
                break;
            case double d:
                text.Append(double.IsFinite(d) ? JsNumber.ToText(number(d)) : throw new JsonataException("D1001", $"{d.ToString(CultureInfo.InvariantCulture)} is not a JSON number."));
                break;
            case string s:
                WriteText(text, s);
                break;
            case JsonataList list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(text, list[i], number, functionsAsText);
                }

                text.Append(']');
                break;
            case JsonataObject members:
                text.Append('{');
                var first = true;
                foreach (var name in members.Names)
                {
                    if (members[name] is not { } member)
                    {
                        continue;
                    }

                    text.Append(first ? "" : ",");
                    first = false;
                    WriteText(text, name);
                    text.Append(':');
                    Write(text, member, number, functionsAsText);
                }

                text.Append('}');
                break;
            case IJsonataFunction when functionsAsText:
                text.Append("\"\"");
                break;
            default:
                throw new JsonataException("FunctionResult", "A function is not JSON.");
        }
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var paired = char.IsHighSurrogate(c) ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
                : char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(value[i - 1]);
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ when char.IsSurrogate(c) && !paired => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        text.Append('"');
    }

    private static JsonataObject Object(JsonElement element)
    {
        var result = new JsonataObject();
        foreach (var member in element.EnumerateObject())
        {
            result[member.Name] = From(member.Value);
        }

        return result;
    }
}
