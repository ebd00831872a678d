using System.Text.Json;

namespace Portable.Aws.Events;

/// <summary>
/// Turns DynamoDB's typed values into plain JSON: <c>{"M": {"a": {"N": "1"}}}</c> into <c>{"a": 1}</c>. Sets become arrays, binary values stay base64. Texts are
/// copied as they are escaped, so that the plain form is never longer than the typed one.
/// </summary>
internal ref struct PlainJson(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Writes an image: an object of typed values, which the reader is at and is left behind of.</summary>
    /// <returns><see langword="false"/> when something in it is no typed value; the reader is left behind it all the same.</returns>
    public bool TryWriteImage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return TryWriteMembers(ref reader);
        }

        reader.Skip();
        return false;
    }

    // {"a": <typed>, ...}
    private bool TryWriteMembers(ref Utf8JsonReader reader)
    {
        var good = true;
        Append((byte)'{');
        for (var first = true; EventJson.NextProperty(ref reader); first = false)
        {
            if (!first)
            {
                Append((byte)',');
            }

            AppendText(reader.ValueSpan);
            Append((byte)':');
            reader.Read();
            good &= TryWriteValue(ref reader);
        }

        Append((byte)'}');
        return good;
    }

    // {"S": "text"}: exactly one member, named after the type.
    private bool TryWriteValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var start = _length;
        var members = 0;
        var good = true;
        while (EventJson.NextProperty(ref reader))
        {
            members++;
            _length = start; // of several members, which is no value, the last one stands
            var kind = KindOf(reader.ValueSpan);
            reader.Read();
            good &= TryWriteContent(ref reader, kind);
        }

        return good && members == 1;
    }

    private bool TryWriteContent(ref Utf8JsonReader reader, Kind kind)
    {
        switch (kind, reader.TokenType)
        {
            case (Kind.Text, JsonTokenType.String):
                AppendText(reader.ValueSpan);
                return true;
            case (Kind.Number, JsonTokenType.String) when IsNumber(reader.ValueSpan):
                AppendRaw(reader.ValueSpan);
                return true;
            case (Kind.Truth, JsonTokenType.True or JsonTokenType.False):
                AppendRaw(reader.ValueSpan);
                return true;
            case (Kind.Nothing, JsonTokenType.True):
                AppendRaw("null"u8);
                return true;
            case (Kind.Map, JsonTokenType.StartObject):
                return TryWriteMembers(ref reader);
            case (Kind.List or Kind.TextSet or Kind.NumberSet, JsonTokenType.StartArray):
                return TryWriteItems(ref reader, kind);
            default:
                reader.Skip();
                return false;
        }
    }

    private bool TryWriteItems(ref Utf8JsonReader reader, Kind kind)
    {
        var good = true;
        Append((byte)'[');
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
            {
                Append((byte)',');
            }

            good &= kind switch
            {
                Kind.List => TryWriteValue(ref reader),
                Kind.NumberSet => TryWriteContent(ref reader, Kind.Number),
                _ => TryWriteContent(ref reader, Kind.Text),
            };
        }

        Append((byte)']');
        return good;
    }

    private static Kind KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("S"u8) || name.SequenceEqual("B"u8) ? Kind.Text
        : name.SequenceEqual("N"u8) ? Kind.Number
        : name.SequenceEqual("M"u8) ? Kind.Map
        : name.SequenceEqual("L"u8) ? Kind.List
        : name.SequenceEqual("BOOL"u8) ? Kind.Truth
        : name.SequenceEqual("NULL"u8) ? Kind.Nothing
        : name.SequenceEqual("SS"u8) || name.SequenceEqual("BS"u8) ? Kind.TextSet
        : name.SequenceEqual("NS"u8) ? Kind.NumberSet
        : Kind.None;

    // DynamoDB writes numbers as JSON does, but in quotes.
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > 256 || text[0] is not ((byte)'-' or >= (byte)'0' and <= (byte)'9'))
        {
            return false;
        }

        var reader = new Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void AppendText(ReadOnlySpan<byte> escaped)
    {
        Append((byte)'"');
        AppendRaw(escaped);
        Append((byte)'"');
    }

    private void AppendRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    private void Append(byte letter) => _buffer[_length++] = letter;

    private enum Kind
    {
        None,
        Text,
        Number,
        Truth,
        Nothing,
        Map,
        List,
        TextSet,
        NumberSet,
    }
}
