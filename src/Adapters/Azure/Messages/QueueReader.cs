using System.Globalization;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// A message of a storage queue, which has a text and nothing beside it. Attributes travel in a wrapper of ours,
/// <c>{"$portable":{"attributes":{...}},"body":...}</c>; any other text is the body itself. See <see cref="QueueText"/> for the writing side.
/// </summary>
internal static class QueueReader
{
    public static ReceivedMessage Read(string message, BindingData data, string invocationId)
    {
        var count = int.TryParse(data.Text("DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        var id = data.Text("Id") is { Length: > 0 } given ? given : invocationId;
        var (body, attributes) = QueueText.Unwrap(Encoding.UTF8.GetBytes(message));
        return new ReceivedMessage(id, body, count, attributes, data.Time("InsertionTime"));
    }
}

/// <summary>The text of a queue's message: its body, in a wrapper when there are attributes.</summary>
internal static class QueueText
{
    private const string Marker = "$portable";
    private const string Attributes = "attributes";
    private const string Encoding = "encoding";
    private const string Base64 = "base64";
    private const string Body = "body";

    /// <summary>Writes a message. A body that is not JSON, as a dead letter's may be, is kept as base64.</summary>
    public static ReadOnlyMemory<byte> Wrap(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> attributes)
    {
        var isJson = Json.Parse(body).ValueKind != JsonValueKind.Undefined;
        if (attributes.Count == 0 && isJson && !IsWrapped(body.Span))
        {
            return body;
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>(body.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(Marker);
            json.WriteStartObject(Attributes);
            foreach (var (name, value) in attributes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            if (!isJson)
            {
                json.WriteString(Encoding, Base64);
            }

            json.WriteEndObject();
            json.WritePropertyName(Body);
            if (isJson)
            {
                json.WriteRawValue(body.Span, skipInputValidation: true);
            }
            else
            {
                json.WriteBase64StringValue(body.Span);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Takes the wrapper off; a text without one, or with one of another form, is the body itself.</summary>
    public static (ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string>? Attributes) Unwrap(ReadOnlyMemory<byte> text)
    {
        if (!IsWrapped(text.Span) || Json.Parse(text) is not { ValueKind: JsonValueKind.Object } wrapper || !wrapper.TryGetProperty(Body, out var body))
        {
            return (text, null);
        }

        var ours = wrapper.GetProperty(Marker);
        if (Json.Member(ours, Attributes) is not { ValueKind: JsonValueKind.Object } given)
        {
            return (text, null);
        }

        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in given.EnumerateObject())
        {
            if (Json.Text(attribute.Value) is not { } value)
            {
                return (text, null);
            }

            attributes[attribute.Name] = value;
        }

        if (Json.Text(ours, Encoding) != Base64)
        {
            return (Json.Utf8Of(body), attributes);
        }

        return body.ValueKind == JsonValueKind.String && body.TryGetBytesFromBase64(out var bytes) ? (bytes, attributes) : (text, null);
    }

    /// <summary>Whether the text is an object whose first member is the marker.</summary>
    private static bool IsWrapped(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Marker);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // the reader says InvalidOperationException of a name with half of a surrogate pair
        }
    }
}
