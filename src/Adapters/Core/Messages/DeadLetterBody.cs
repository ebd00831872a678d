using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>The body of a dead letter: that of the message; for changes of objects and rows, which have none, the change as JSON.</summary>
internal static class DeadLetterBody
{
    public static ReadOnlyMemory<byte> Of(ReceivedMessage message) => message.Detail switch
    {
        ObjectChanged changed => Write(json => Object(json, changed.Change)),
        RowChanged row => Write(json => Row(json, row)),
        EventDescription description => Write(json => Event(json, message, description)),
        _ => message.Body,
    };

    private static void Object(Utf8JsonWriter json, StorageEvent change)
    {
        json.WriteString("change", change.Change.ToString());
        json.WriteString("bucket", change.Bucket);
        json.WriteString("name", change.Name);
        if (change.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        Optional(json, "eTag", change.ETag);
        Optional(json, "contentType", change.ContentType);
        Time(json, change.Time);
    }

    private static void Row(Utf8JsonWriter json, RowChanged row)
    {
        json.WriteString("kind", row.Kind.ToString());
        json.WriteString("key", row.Key);
        Image(json, "old", row.Old);
        Image(json, "new", row.New);
    }

    // CloudEvents 1.0, structured: whoever replays it needs the type, and readers of events take this form.
    private static void Event(Utf8JsonWriter json, ReceivedMessage message, EventDescription description)
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", message.Id);
        json.WriteString("source", description.Source);
        json.WriteString("type", description.Type);
        Optional(json, "subject", description.Subject);
        Time(json, message.EnqueuedAt);
        Optional(json, "datacontenttype", description.DataContentType);
        Optional(json, "dataschema", description.DataSchema);
        json.WriteString("dataversion", description.Version.ToString(CultureInfo.InvariantCulture));
        Image(json, "data", message.Body);
    }

    private static void Image(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> image)
    {
        if (image.IsEmpty)
        {
            return;
        }

        if (IsJson(image))
        {
            json.WritePropertyName(name);
            json.WriteRawValue(image.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteBase64String(name + "_base64", image.Span); // as CloudEvents names data that is no JSON
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text.Span);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueSpan.IndexOfAnyInRange((byte)0x80, (byte)0xff) >= 0)
                {
                    _ = reader.GetString(); // throws for what is no UTF-8
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Time(Utf8JsonWriter json, DateTimeOffset? time)
    {
        if (time is { } stated)
        {
            json.WriteString("time", stated);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
