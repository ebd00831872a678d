using System.Globalization;
using System.Text.Json;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.Gcp;

/// <summary>
/// Reads the envelope in which Pub/Sub delivers a message, as the data of a CloudEvent or as a push request of its own:
/// <c>{"message": {"data": base64, "attributes": {..}, "messageId": .., "publishTime": ..}, "subscription": .., "deliveryAttempt": n}</c>.
/// </summary>
internal static class PubSubMessage
{
    /// <summary>Reads the message.</summary>
    /// <param name="json">The envelope.</param>
    /// <param name="eventId">The identifier of the event around it, for a message without one.</param>
    /// <param name="eventTime">The time of the event around it, for a message without one.</param>
    /// <exception cref="CloudEventException">It is no such envelope.</exception>
    public static ReceivedMessage Read(ReadOnlyMemory<byte> json, string? eventId, DateTimeOffset? eventTime)
    {
        try
        {
            using var document = WireJson.Parse(json);
            return Read(document.RootElement, eventId, eventTime);
        }
        catch (JsonException e)
        {
            throw new CloudEventException("The Pub/Sub message is not valid JSON.", innerException: e);
        }
    }

    /// <summary>Reads the message.</summary>
    /// <exception cref="CloudEventException">It is no such envelope.</exception>
    public static ReceivedMessage Read(JsonElement envelope, string? eventId, DateTimeOffset? eventTime)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object)
        {
            throw new CloudEventException("The body is not a Pub/Sub message: it has no object 'message'.");
        }

        // Push requests repeat both members in snake case; either may be alone.
        var id = Text(message, "messageId") ?? Text(message, "message_id") ?? eventId
            ?? throw new CloudEventException("The Pub/Sub message has no 'messageId'.");
        var published = Text(message, "publishTime") ?? Text(message, "publish_time");
        return new ReceivedMessage(
            id,
            Data(message),
            envelope.TryGetProperty("deliveryAttempt", out var attempt) && attempt.TryGetInt32Safe(out var count) && count > 0 ? count : 1,
            Attributes(message),
            DateTimeOffset.TryParse(published, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : eventTime);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ReadOnlyMemory<byte> Data(JsonElement message)
    {
        if (!message.TryGetProperty("data", out var data) || data.ValueKind == JsonValueKind.Null)
        {
            return default; // a message of attributes alone
        }

        return data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new CloudEventException("The 'data' of the Pub/Sub message is not base64.");
    }

    private static Dictionary<string, string>? Attributes(JsonElement message)
    {
        if (!message.TryGetProperty("attributes", out var attributes) || attributes.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in attributes.EnumerateObject())
        {
            if (attribute.Value.ValueKind == JsonValueKind.String)
            {
                found[attribute.Name] = attribute.Value.GetString()!;
            }
        }

        return found;
    }

    private static bool TryGetInt32Safe(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }
}
