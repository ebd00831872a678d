using System.Globalization;
using System.Text.Json;

namespace Portable.Gcp.Firestore;

/// <summary>Reads the JSON form of <c>DocumentEventData</c>, in which each value says its type, into plain JSON (googleapis/google-cloudevents, testdata firestore/v1).</summary>
internal static class DocumentJson
{
    /// <summary>Reads the event.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static DocumentChange Read(ReadOnlySpan<byte> data)
    {
        try
        {
            return ReadEvent(data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The reader says InvalidOperationException of a text that is no valid UTF-8 or has half of a surrogate pair, the writer ArgumentException.
            throw new FormatException("The data of the event is not a document event in JSON.", e);
        }
    }

    private static DocumentChange ReadEvent(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        json.Read();
        string? newName = null, oldName = null;
        ReadOnlyMemory<byte> newImage = default, oldImage = default;
        Expect(ref json, JsonTokenType.StartObject);
        while (Next(ref json))
        {
            if (json.ValueTextEquals("value"u8))
            {
                newImage = Document(ref json, data.Length, out newName);
            }
            else if (json.ValueTextEquals("oldValue"u8))
            {
                oldImage = Document(ref json, data.Length, out oldName);
            }
            else
            {
                json.Skip();
            }
        }

        json.Read(); // anything behind the object is an error of the reader's
        return new DocumentChange(newName ?? oldName, oldImage, newImage);
    }

    // A document has a name; one without is the empty message that stands for none.
    private static ReadOnlyMemory<byte> Document(ref Utf8JsonReader json, int length, out string? name)
    {
        name = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var buffer = PlainJson.Buffer(length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var hasFields = false;
            Expect(ref json, JsonTokenType.StartObject);
            while (Next(ref json))
            {
                if (json.ValueTextEquals("name"u8))
                {
                    name = Text(ref json);
                }
                else if (json.ValueTextEquals("fields"u8) && !hasFields)
                {
                    hasFields = true;
                    json.Read();
                    Fields(ref json, writer, depth: 1);
                }
                else
                {
                    json.Skip();
                }
            }

            if (!hasFields)
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
        }

        name = string.IsNullOrEmpty(name) ? null : name;
        return name is null ? default : buffer.WrittenMemory;
    }

    private static void Fields(ref Utf8JsonReader json, Utf8JsonWriter writer, int depth)
    {
        Expect(ref json, JsonTokenType.StartObject);
        writer.WriteStartObject();
        while (Next(ref json))
        {
            writer.WritePropertyName(json.GetString()!);
            json.Read();
            Value(ref json, writer, depth);
        }

        writer.WriteEndObject();
    }

    // {"stringValue": ..}: exactly one of the known members; an unknown one, of a newer kind of value, is null.
    private static void Value(ref Utf8JsonReader json, Utf8JsonWriter writer, int depth)
    {
        if (depth > PlainJson.MaxDepth)
        {
            throw new FormatException($"The document nests deeper than {PlainJson.MaxDepth} levels.");
        }

        Expect(ref json, JsonTokenType.StartObject);
        var written = false;
        while (Next(ref json))
        {
            var kind = json.GetString();
            json.Read();
            if (written)
            {
                throw Malformed();
            }

            written = true;
            switch (kind)
            {
                case "stringValue" or "referenceValue" or "timestampValue" or "bytesValue": writer.WriteStringValue(Token(ref json, JsonTokenType.String)); break;
                case "booleanValue": writer.WriteBooleanValue(json.GetBoolean()); break;
                case "integerValue": writer.WriteNumberValue(Integer(ref json)); break;
                case "doubleValue": PlainJson.WriteDouble(writer, Double(ref json)); break;
                case "geoPointValue": GeoPoint(ref json, writer); break;
                case "arrayValue": Array(ref json, writer, depth); break;
                case "mapValue": Map(ref json, writer, depth); break;
                default:
                    json.Skip();
                    writer.WriteNullValue();
                    break;
            }
        }

        if (!written)
        {
            writer.WriteNullValue();
        }
    }

    private static void Map(ref Utf8JsonReader json, Utf8JsonWriter writer, int depth)
    {
        var written = false;
        Expect(ref json, JsonTokenType.StartObject);
        while (Next(ref json))
        {
            if (json.ValueTextEquals("fields"u8) && !written)
            {
                written = true;
                json.Read();
                Fields(ref json, writer, depth + 1);
            }
            else
            {
                json.Skip();
            }
        }

        if (!written)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    private static void Array(ref Utf8JsonReader json, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartArray();
        Expect(ref json, JsonTokenType.StartObject);
        while (Next(ref json))
        {
            if (!json.ValueTextEquals("values"u8))
            {
                json.Skip();
                continue;
            }

            json.Read();
            Expect(ref json, JsonTokenType.StartArray);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                Value(ref json, writer, depth + 1);
            }
        }

        writer.WriteEndArray();
    }

    private static void GeoPoint(ref Utf8JsonReader json, Utf8JsonWriter writer)
    {
        double latitude = 0, longitude = 0;
        Expect(ref json, JsonTokenType.StartObject);
        while (Next(ref json))
        {
            if (json.ValueTextEquals("latitude"u8))
            {
                json.Read();
                latitude = Double(ref json);
            }
            else if (json.ValueTextEquals("longitude"u8))
            {
                json.Read();
                longitude = Double(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        PlainJson.WriteGeoPoint(writer, latitude, longitude);
    }

    // Integers of 64 bits are texts in the JSON form of protobuf, and may be numbers.
    private static long Integer(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number
        : json.TokenType == JsonTokenType.String && long.TryParse(json.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : throw Malformed();

    private static double Double(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var number) ? number
        : json.TokenType != JsonTokenType.String ? throw Malformed()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw Malformed(),
        };

    private static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return Token(ref json, JsonTokenType.String);
    }

    private static string? Token(ref Utf8JsonReader json, JsonTokenType expected)
    {
        Expect(ref json, expected);
        return json.GetString();
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType expected)
    {
        if (json.TokenType != expected)
        {
            throw Malformed();
        }
    }

    private static FormatException Malformed() => new("The data of the event is not a document event in JSON.");
}
