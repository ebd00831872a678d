using System.Text;
using System.Text.Json;

namespace Portable.Gcp.Firestore;

/// <summary>
/// Reads <c>google.events.cloud.firestore.v1.DocumentEventData</c> (googleapis/google-cloudevents, proto/google/events/cloud/firestore/v1/data.proto) straight into plain
/// JSON. Where a field appears twice the last one counts, as the encoding says.
/// </summary>
internal static class DocumentProtobuf
{
    /// <summary>Reads the event.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static DocumentChange Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> after = default, before = default;
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            switch (field)
            {
                case 1: after = reader.ReadBytes(); break;
                case 2: before = reader.ReadBytes(); break;
                default: reader.Skip(); break;
            }
        }

        var newImage = Document(after, out var newName);
        var oldImage = Document(before, out var oldName);
        return new DocumentChange(newName ?? oldName, oldImage, newImage);
    }

    // A document has a name; one without is the empty message that stands for none.
    private static ReadOnlyMemory<byte> Document(ReadOnlySpan<byte> message, out string? name)
    {
        name = null;
        var buffer = PlainJson.Buffer(message.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var reader = new ProtobufReader(message);
            while (reader.Next() is not 0 and var field)
            {
                switch (field)
                {
                    case 1: name = Encoding.UTF8.GetString(reader.ReadUtf8()); break;
                    case 2: Entry(json, reader.ReadBytes(), depth: 1); break;
                    default: reader.Skip(); break;
                }
            }

            json.WriteEndObject();
        }

        name = string.IsNullOrEmpty(name) ? null : name;
        return name is null ? default : buffer.WrittenMemory;
    }

    private static void Entry(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        ReadOnlySpan<byte> key = default, value = default;
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            switch (field)
            {
                case 1: key = reader.ReadUtf8(); break;
                case 2: value = reader.ReadBytes(); break;
                default: reader.Skip(); break;
            }
        }

        json.WritePropertyName(key);
        Value(json, value, depth);
    }

    private static void Value(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        if (depth > PlainJson.MaxDepth)
        {
            throw new FormatException($"The document nests deeper than {PlainJson.MaxDepth} levels.");
        }

        // First which field counts, then its value: only one may be written.
        var reader = new ProtobufReader(message);
        var last = reader;
        var kind = 0;
        while (true)
        {
            var here = reader;
            var field = reader.Next();
            if (field == 0)
            {
                break;
            }

            if (field is 1 or 2 or 3 or 5 or 6 or 8 or 9 or 10 or 11 or 17 or 18)
            {
                last = here;
                kind = field;
            }

            reader.Skip();
        }

        if (kind == 0)
        {
            json.WriteNullValue();
            return;
        }

        last.Next();
        switch (kind)
        {
            case 1: json.WriteBooleanValue(last.ReadVarint() != 0); break;
            case 2: json.WriteNumberValue((long)last.ReadVarint()); break;
            case 3: PlainJson.WriteDouble(json, last.ReadDouble()); break;
            case 5 or 17: json.WriteStringValue(last.ReadUtf8()); break;
            case 6: Map(json, last.ReadBytes(), depth); break;
            case 8: GeoPoint(json, last.ReadBytes()); break;
            case 9: Array(json, last.ReadBytes(), depth); break;
            case 10: Timestamp(json, last.ReadBytes()); break;
            case 11:
                last.ReadVarint();
                json.WriteNullValue();
                break;
            case 18: json.WriteBase64StringValue(last.ReadBytes()); break;
        }
    }

    private static void Map(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        json.WriteStartObject();
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            if (field == 1)
            {
                Entry(json, reader.ReadBytes(), depth + 1);
            }
            else
            {
                reader.Skip();
            }
        }

        json.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        json.WriteStartArray();
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            if (field == 1)
            {
                Value(json, reader.ReadBytes(), depth + 1);
            }
            else
            {
                reader.Skip();
            }
        }

        json.WriteEndArray();
    }

    private static void GeoPoint(Utf8JsonWriter json, ReadOnlySpan<byte> message)
    {
        double latitude = 0, longitude = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            switch (field)
            {
                case 1: latitude = reader.ReadDouble(); break;
                case 2: longitude = reader.ReadDouble(); break;
                default: reader.Skip(); break;
            }
        }

        PlainJson.WriteGeoPoint(json, latitude, longitude);
    }

    private static void Timestamp(Utf8JsonWriter json, ReadOnlySpan<byte> message)
    {
        long seconds = 0, nanos = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next() is not 0 and var field)
        {
            switch (field)
            {
                case 1: seconds = (long)reader.ReadVarint(); break;
                case 2: nanos = (int)reader.ReadVarint(); break;
                default: reader.Skip(); break;
            }
        }

        PlainJson.WriteTimestamp(json, seconds, nanos);
    }
}
