using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Portable.Gcp;

/// <summary>Reads CloudEvents 1.0 from HTTP: attributes in <c>ce-</c> headers (binary mode) or the whole event as JSON (structured mode).</summary>
internal static class CloudEventReader
{
    private const string Prefix = "ce-";
    private const string StructuredType = "application/cloudevents";

    public static CloudEventEnvelope Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var media = MediaType(contentType);
        if (media.StartsWith("application/cloudevents-batch", StringComparison.OrdinalIgnoreCase))
        {
            throw new CloudEventException("Batches of events are not accepted: one request, one event.");
        }

        return !media.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) ? ReadBinary(contentType, headers, body)
            : media.Equals(StructuredType + "+json", StringComparison.OrdinalIgnoreCase) ? ReadStructured(body)
            : throw new CloudEventException($"Structured events are accepted as {StructuredType}+json, not as {media}.");
    }

    /// <summary>Whether the request carries an event at all; a bare Pub/Sub push does not.</summary>
    public static bool IsCloudEvent(string? contentType, IHeaderDictionary headers) =>
        headers.ContainsKey("ce-specversion") || headers.ContainsKey("ce-id") || headers.ContainsKey("ce-type")
        || MediaType(contentType).StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase);

    private static CloudEventEnvelope ReadBinary(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var builder = new CloudEventBuilder();
        foreach (var (name, values) in headers)
        {
            // Content-Type stands for datacontenttype in binary mode, and a ce- header of that name is no attribute.
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name[Prefix.Length..].ToLowerInvariant() is not "datacontenttype" and var attribute)
            {
                builder.Set(attribute, values.Count == 1 ? Decode(values[0]) : throw new CloudEventException($"The header '{name}' appears more than once."));
            }
        }

        builder.Set("datacontenttype", string.IsNullOrEmpty(contentType) ? null : contentType);
        return builder.Build(body);
    }

    // HTTP binding 3.1.3.2: a quoted value is unquoted first; then percent-encoded bytes are UTF-8.
    private static string? Decode(string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
        {
            var unquoted = new StringBuilder(value.Length - 2);
            for (var i = 1; i < value.Length - 1; i++)
            {
                unquoted.Append(value[i] == '\\' && i + 1 < value.Length - 1 ? value[++i] : value[i]);
            }

            value = unquoted.ToString();
        }

        return value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;
    }

    /// <summary>Reads an event in the JSON format.</summary>
    /// <exception cref="CloudEventException">It is none.</exception>
    public static CloudEventEnvelope ReadStructured(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ReadStructuredJson(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException and not CloudEventException)
        {
            // The reader says InvalidOperationException of a text that is no valid UTF-8 or has half of a surrogate pair.
            throw new CloudEventException("The structured event is not valid JSON.", innerException: e);
        }
    }

    private static CloudEventEnvelope ReadStructuredJson(ReadOnlyMemory<byte> body)
    {
        var json = new Utf8JsonReader(body.Span);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new CloudEventException("A structured event is a JSON object.");
        }

        var builder = new CloudEventBuilder();
        ReadOnlyMemory<byte>? data = null;
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "data" or "data_base64" when data is not null:
                    throw new CloudEventException("The event has more than one 'data' or 'data_base64'.");
                case "data":
                    text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    data = body[start..(int)json.BytesConsumed];
                    break;
                case "data_base64":
                    data = json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes) ? bytes : throw new CloudEventException("'data_base64' is not base64.");
                    break;
                default:
                    builder.Set(name, AttributeText(name, ref json));
                    break;
            }
        }

        json.Read(); // anything behind the object is an error of the reader's
        return builder.Build(text is not null && !IsJson(builder.DataContentType) ? Encoding.UTF8.GetBytes(text) : data ?? default);
    }

    private static string? AttributeText(string name, ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Null => null, // the JSON format: as if the attribute were absent
        JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new CloudEventException($"The attribute '{(name.Length <= 64 ? name : "(long)")}' is neither a text, a number nor a boolean."),
    };

    // The JSON format, 3.1: a text as data of another media type is the data itself; without a media type the data is JSON.
    private static bool IsJson(string? dataContentType)
    {
        var media = MediaType(dataContentType);
        return media.Length == 0 || media.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static string MediaType(string? contentType)
    {
        var end = contentType?.IndexOf(';') ?? -1;
        return (end < 0 ? contentType ?? "" : contentType![..end]).Trim();
    }
}
