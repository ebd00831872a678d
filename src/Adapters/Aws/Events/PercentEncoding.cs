using System.Buffers;
using System.Text;

namespace Portable.Aws.Events;

/// <summary>Percent-decoding as web servers do it: UTF-8; what is no valid sequence stays as it is.</summary>
internal static class PercentEncoding
{
    /// <summary>Decodes a name or value of a query string, where a plus stands for a space.</summary>
    public static string DecodeQuery(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Decode(text, plusIsSpace: true, keepSlash: false) : text.ToString();

    /// <summary>Decodes a path. An encoded slash stays encoded: it is no separator.</summary>
    public static string DecodePath(string path) => path.Contains('%') ? Decode(path, plusIsSpace: false, keepSlash: true) : path;

    private static string Decode(ReadOnlySpan<char> text, bool plusIsSpace, bool keepSlash)
    {
        char[]? rented = null;
        var output = text.Length <= 512 ? stackalloc char[512] : (rented = ArrayPool<char>.Shared.Rent(text.Length));
        var written = 0;
        for (var i = 0; i < text.Length;)
        {
            var letter = text[i];
            if (letter == '%' && TryDecodeRune(text[i..], keepSlash, out var rune, out var consumed))
            {
                written += rune.EncodeToUtf16(output[written..]);
                i += consumed;
            }
            else
            {
                output[written++] = plusIsSpace && letter == '+' ? ' ' : letter;
                i++;
            }
        }

        var result = output[..written].ToString();
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    /// <summary>Decodes one character from as many escapes as its UTF-8 form has bytes.</summary>
    private static bool TryDecodeRune(ReadOnlySpan<char> text, bool keepSlash, out Rune rune, out int consumed)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < 4 && TryDecodeByte(text[(count * 3)..], out bytes[count]))
        {
            count++;
            if (bytes[0] < 0x80)
            {
                break;
            }
        }

        var valid = Rune.DecodeFromUtf8(bytes[..count], out rune, out var used) == OperationStatus.Done && !(keepSlash && rune.Value == '/');
        consumed = used * 3;
        return valid;
    }

    private static bool TryDecodeByte(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '%' || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return false;
        }

        value = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
        return true;
    }

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
