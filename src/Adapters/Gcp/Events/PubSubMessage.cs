using System.Text.Json;

namespace Portable.Gcp;

/// <summary>A message as Pub/Sub delivers it, as the data of a CloudEvent or as a push request of its own.</summary>
/// <param name="Id">The identifier that the topic gave the message.</param>
/// <param name="Data">The body.</param>
/// <param name="Attributes">The attributes, names compared ignoring case.</param>
/// <param name="OrderingKey">What the order holds within; empty when there is none.</param>
/// <param name="PublishTime">When the topic took it.</param>
/// <param name="DeliveryAttempt">How often it was delivered, this time included; 1 where the subscription, having no dead letter topic, does not count.</param>
internal sealed record PubSubMessage(
    string Id, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string>? Attributes, string OrderingKey, DateTimeOffset? PublishTime, int DeliveryAttempt)
{
    public const string PublishedType = "google.cloud.pubsub.topic.v1.messagePublished";

    /// <summary>
    /// Reads <c>{"message": {"data": base64, "attributes": {..}, "messageId": .., "publishTime": .., "orderingKey": ..}, "subscription": .., "deliveryAttempt": n}</c>
    /// (REST reference of Pub/Sub, PubsubMessage; samples in googleapis/google-cloudevents, pubsub/v1). Push requests repeat some members in snake case; either may be alone.
    /// </summary>
    /// <param name="envelope">The JSON.</param>
    /// <param name="eventId">The identifier of the event around it, for a message without one.</param>
    /// <param name="eventTime">The time of the event around it, for a message without one.</param>
    /// <exception cref="CloudEventException">It is no such envelope.</exception>
    public static PubSubMessage Read(ReadOnlySpan<byte> envelope, string? eventId = null, DateTimeOffset? eventTime = null) =>
        TryRead(envelope, eventId, eventTime) ?? throw new CloudEventException("The body is not a Pub/Sub message: it has no object 'message'.");

    /// <summary>Reads the same; <see langword="null"/> when the JSON has no message.</summary>
    /// <exception cref="CloudEventException">It has one, but a malformed one, or it is no JSON.</exception>
    public static PubSubMessage? TryRead(ReadOnlySpan<byte> envelope, string? eventId = null, DateTimeOffset? eventTime = null)
    {
        try
        {
            return new Reading(eventId, eventTime).Read(envelope);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader says InvalidOperationException of a text that is no valid UTF-8 or has half of a surrogate pair.
            throw new CloudEventException("The Pub/Sub message is not valid JSON.", innerException: e);
        }
    }

    private ref struct Reading(string? eventId, DateTimeOffset? eventTime)
    {
        private string? _id;
        private DateTimeOffset? _published;
        private string _orderingKey = "";
        private ReadOnlyMemory<byte> _data;
        private Dictionary<string, string>? _attributes;
        private int _attempt = 1;
        private bool _found;

        public PubSubMessage? Read(ReadOnlySpan<byte> envelope)
        {
            var json = new Utf8JsonReader(envelope);
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    ReadOuter(ref json);
                }
            }
            else
            {
                json.Skip();
            }

            json.Read(); // anything behind the value is an error of the reader's
            return !_found
                ? null
                : new PubSubMessage(
                    _id ?? eventId ?? throw new CloudEventException("The Pub/Sub message has no 'messageId'."),
                    _data, _attributes, _orderingKey, _published ?? eventTime, _attempt);
        }

        private void ReadOuter(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("message"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.StartObject)
                {
                    _found = true;
                    while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                    {
                        ReadMember(ref json);
                    }

                    return;
                }
            }
            else if (json.ValueTextEquals("deliveryAttempt"u8))
            {
                json.Read();
                _attempt = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var attempt) && attempt > 0 ? attempt : 1;
            }
            else
            {
                json.Read();
            }

            json.Skip();
        }

        private void ReadMember(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                _data = json.TokenType == JsonTokenType.Null ? default // a message of attributes alone
                    : json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes) ? bytes
                    : throw new CloudEventException("The 'data' of the Pub/Sub message is not base64.");
            }
            else if (json.ValueTextEquals("messageId"u8) || json.ValueTextEquals("message_id"u8))
            {
                _id = Text(ref json) ?? _id;
            }
            else if (json.ValueTextEquals("publishTime"u8) || json.ValueTextEquals("publish_time"u8))
            {
                ReadTime(ref json);
            }
            else if (json.ValueTextEquals("orderingKey"u8) || json.ValueTextEquals("ordering_key"u8))
            {
                _orderingKey = Text(ref json) ?? _orderingKey;
            }
            else if (json.ValueTextEquals("attributes"u8))
            {
                ReadAttributes(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        private void ReadAttributes(ref Utf8JsonReader json)
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                return;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                if (json.TokenType == JsonTokenType.String)
                {
                    (_attributes ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase))[name] = json.GetString()!;
                }

                json.Skip();
            }
        }

        // The form that the service writes is read where it stands; any other of RFC 3339 takes longer.
        private void ReadTime(ref Utf8JsonReader json)
        {
            json.Read();
            _published = json.TokenType != JsonTokenType.String ? _published
                : json.ValueSpan.EndsWith("Z"u8) && json.TryGetDateTimeOffset(out var time) ? time
                : Rfc3339.Parse(json.GetString()) ?? _published;
            json.Skip();
        }

        /// <summary>The value behind a name if it is a text; whatever it is, the reader stands at its end.</summary>
        private static string? Text(ref Utf8JsonReader json)
        {
            json.Read();
            var text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
            json.Skip();
            return string.IsNullOrEmpty(text) ? null : text;
        }
    }
}
