using System.Text.Json;

namespace Portable.Aws.Events;

/// <summary>What the event readers share.</summary>
internal static class EventJson
{
    /// <summary>The event without a byte order mark, which files have and JSON does not.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    /// <summary>Enters the object that the event must be.</summary>
    public static void BeginObject(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException("The event is not a JSON object.");
        }
    }

    /// <summary>Moves to the next property's name; <see langword="false"/> at the end of the object.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Reads up to the end of the event, so that what follows its object is noticed.</summary>
    public static void End(ref Utf8JsonReader reader) => reader.Read();

    /// <summary>Moves to the value of a property and reads it; <see langword="null"/> where it is no string.</summary>
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.TrySkip();
        return null;
    }

    /// <summary>The text that the reader is at; <see langword="null"/> when its bytes or escapes are no Unicode text.</summary>
    public static string? TextOrNull(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The bytes of the string that the reader is at: a part of the event itself where nothing in it is escaped.</summary>
    /// <param name="reader">At a string.</param>
    /// <param name="json">What the reader reads.</param>
    public static ReadOnlyMemory<byte> ReadBytes(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (!reader.ValueIsEscaped)
        {
            return json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var bytes = new byte[reader.ValueSpan.Length];
        return bytes.AsMemory(0, reader.CopyString(bytes));
    }

    /// <summary>Enters an object that is the value of a property; passes over what is none.</summary>
    public static bool TryBeginValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        reader.TrySkip();
        return false;
    }

    /// <summary>Moves to the value of a property and returns its bytes as they stand in the event.</summary>
    public static ReadOnlyMemory<byte> ReadRaw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Moves to the value of a property and reads it as a time in ISO 8601; <see langword="null"/> where it is none.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time))
        {
            return time.ToUniversalTime();
        }

        reader.TrySkip();
        return null;
    }

    /// <summary>Moves to the value of a property and reads it as seconds since 1970, with decimals; <see langword="null"/> where it is none.</summary>
    public static DateTimeOffset? ReadEpochSeconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_800)
        {
            return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000));
        }

        reader.TrySkip();
        return null;
    }

    /// <summary>Moves to the value of a property and reads it as a whole number; <see langword="null"/> where it is none.</summary>
    public static long? ReadInteger(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            return number;
        }

        reader.TrySkip();
        return null;
    }

    /// <summary>Whether an exception says that the JSON is bad, rather than that this code is.</summary>
    public static bool IsBadJson(Exception exception) => exception is JsonException or InvalidOperationException or FormatException;

    /// <summary>The error for JSON that cannot be read.</summary>
    public static MalformedEventException Malformed(Exception cause) => new("The event is not valid JSON.", cause);
}
