using System.Text.Json;
using System.Text.Unicode;

namespace Portable.Runtime.Json;

/// <summary>
/// Reads JSON that somebody else wrote. <see cref="JsonDocument"/> accepts texts that are no Unicode and throws, later and something else, when they are asked
/// for; here they are refused at the door, as the malformed JSON that they are (RFC 8259, 8.1 and 8.2).
/// </summary>
public static class WireJson
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not valid JSON, is nested too deep, or has a text that is no Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw new JsonException("The JSON is not valid UTF-8.");
        }

        var document = JsonDocument.Parse(json);
        if (!HasPairedSurrogates(json.Span))
        {
            document.Dispose();
            throw new JsonException("The JSON has a text with half a surrogate pair.");
        }

        return document;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not valid JSON, is nested too deep, or has a text that is no Unicode.</exception>
    public static JsonDocument Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Whether every escaped half of a surrogate pair has its other half. The JSON is valid otherwise, so that backslashes stand in texts only.</summary>
    internal static bool HasPairedSurrogates(ReadOnlySpan<byte> json)
    {
        var expectsLow = false;
        while (true)
        {
            var next = json.IndexOf((byte)'\\');
            if (expectsLow && next != 0)
            {
                return false;
            }

            if (next < 0)
            {
                return true;
            }

            if (next + 1 >= json.Length || json[next + 1] != 'u')
            {
                if (expectsLow)
                {
                    return false;
                }

                json = json[Math.Min(next + 2, json.Length)..];
                continue;
            }

            var isHigh = Is(json, next + 2, 0x8, 0xB);
            var isLow = Is(json, next + 2, 0xC, 0xF);
            if (isLow != expectsLow)
            {
                return false;
            }

            expectsLow = isHigh;
            json = json[Math.Min(next + 6, json.Length)..];
        }
    }

    /// <summary>Whether the four digits begin with D and a digit in a range.</summary>
    private static bool Is(ReadOnlySpan<byte> json, int at, int from, int to) =>
        at + 1 < json.Length && json[at] is (byte)'d' or (byte)'D' && HexDigit(json[at + 1]) is var digit && digit >= from && digit <= to;

    private static int HexDigit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => -1,
    };
}
