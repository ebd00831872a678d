using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Gcp.Outputs;

/// <summary>Requests and answers of <c>projects.topics.publish</c> (REST reference of Pub/Sub).</summary>
internal static class PubSubPublish
{
    /// <summary>Pub/Sub does not recognise a message that is sent twice; who receives it can, by this attribute.</summary>
    public const string DeduplicationAttribute = "portable-deduplication-id";

    /// <summary>A message of a queue.</summary>
    public static ReadOnlyMemory<byte> Write(OutgoingMessage message) => Write(message.Body, message.Group, json =>
    {
        foreach (var (name, value) in message.Attributes)
        {
            json.WriteString(name, value);
        }

        if (message.DeduplicationId is { } id)
        {
            json.WriteString(DeduplicationAttribute, id);
        }
    });

    /// <summary>An event, in the binary mode of the Pub/Sub protocol binding of CloudEvents: attributes beside the payload.</summary>
    public static ReadOnlyMemory<byte> Write(OutgoingEvent published) => Write(published.Body, null, json =>
    {
        json.WriteString("ce-specversion", "1.0");
        json.WriteString("ce-id", published.Id);
        json.WriteString("ce-source", published.Source);
        json.WriteString("ce-type", published.Type);
        json.WriteString("ce-time", published.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        if (published.Subject is { } subject)
        {
            json.WriteString("ce-subject", subject);
        }

        json.WriteString("ce-" + BusEvents.VersionName, published.Version.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in published.Attributes)
        {
            json.WriteString("ce-" + name, value);
        }

        json.WriteString(BusEvents.ContentType, "application/json");
    });

    /// <summary>The identifier of the message: <c>{"messageIds": ["1"]}</c>.</summary>
    public static string? IdOf(JsonDocument? answer) =>
        answer?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("messageIds", out var ids)
        && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() == 1 && ids[0].ValueKind == JsonValueKind.String ? ids[0].GetString() : null;

    private static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> body, string? orderingKey, Action<Utf8JsonWriter> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>((body.Length * 4 / 3) + 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteBase64String("data", body.Span);
            json.WriteStartObject("attributes");
            attributes(json);
            json.WriteEndObject();
            if (orderingKey is { Length: > 0 })
            {
                json.WriteString("orderingKey", orderingKey);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
