using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Portable.Azure;

/// <summary>JSON that somebody else wrote, read without exceptions: what is none, or holds a text that is none, is undefined.</summary>
internal static class Json
{
    /// <summary>Parses a text; undefined when it is not JSON.</summary>
    public static JsonElement Parse(string? text) => text is null ? default : Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Parses UTF-8; undefined when it is not JSON. Every name and text of the result can be read.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return default;
        }

        var reader = new Utf8JsonReader(utf8.Span);
        try
        {
            return JsonElement.TryParseValue(ref reader, out var element) && !reader.Read() && HasOnlyTexts(utf8.Span) ? element.Value : default;
        }
        catch (JsonException)
        {
            return default; // not JSON, nested too deeply, or followed by something
        }
    }

    /// <summary>A member's text; <see langword="null"/> when there is none or it is no text.</summary>
    public static string? Text(JsonElement json, string name) => Text(Member(json, name));

    /// <summary>The text of a JSON string; <see langword="null"/> for another kind.</summary>
    public static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    /// <summary>A member; undefined when there is none.</summary>
    public static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The UTF-8 of a value as it was written.</summary>
    public static byte[] Utf8Of(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());

    /// <summary>Half a surrogate pair as an escape, such as <c>\ud800</c> alone, is valid JSON but no text: reading it throws.</summary>
    private static bool HasOnlyTexts(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\ud"u8) < 0 && utf8.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
