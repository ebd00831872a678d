using System.Globalization;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>
/// Changes of objects in Cloud Storage: events of Eventarc (googleapis/google-cloudevents, storage/v1), or notifications of the bucket in Pub/Sub
/// (cloud.google.com/storage/docs/pubsub-notifications).
/// </summary>
internal static class StorageChanges
{
    private const string EventPrefix = "google.cloud.storage.object.v1.";

    public static ReceivedMessage? Read(MessageSource source, Delivery delivery) =>
        delivery.Message is { } message ? OfNotification(message)
        : delivery.Event is { } envelope && envelope.Type.StartsWith(EventPrefix, StringComparison.Ordinal) ? OfEvent(envelope)
        : throw Sources.WrongType(delivery, $"{EventPrefix}finalized or .deleted");

    private static ReceivedMessage? OfEvent(CloudEventEnvelope envelope)
    {
        StorageChange change;
        switch (envelope.Type[EventPrefix.Length..])
        {
            case "finalized": change = StorageChange.Created; break;
            case "deleted": change = StorageChange.Deleted; break;
            default: return null; // archived, metadataUpdated: neither created nor deleted
        }

        MessageDetail detail;
        if (StoredObject.TryRead(envelope.Data.Span) is { Bucket: { } bucket, Name: { } name } stored)
        {
            detail = new ObjectChanged(new StorageEvent(envelope.Id, change, bucket, name, stored.Size, stored.ETag, stored.ContentType, envelope.Time));
        }
        else
        {
            detail = new Unreadable("The data of the event is not the JSON of an object with 'bucket' and 'name'.");
        }

        return new ReceivedMessage(envelope.Id, default, 1, envelope.Extensions, envelope.Time, detail);
    }

    // An overwrite is told as OBJECT_FINALIZE of the new generation and OBJECT_DELETE (or OBJECT_ARCHIVE) of the old one; only the first is a change that
    // other clouds would tell. Archiving without an overwrite is how an object of a bucket with versions is deleted.
    private static ReceivedMessage? OfNotification(PubSubMessage message)
    {
        var attributes = message.Attributes ?? CloudEventEnvelope.NoExtensions;
        StorageChange change;
        switch (attributes.GetValueOrDefault("eventType"))
        {
            case null: return Sources.Received(message, new Unreadable("The message is no notification of a bucket: it has no attribute 'eventType'."));
            case "OBJECT_FINALIZE": change = StorageChange.Created; break;
            case "OBJECT_DELETE" or "OBJECT_ARCHIVE" when !attributes.ContainsKey("overwrittenByGeneration"): change = StorageChange.Deleted; break;
            default: return null;
        }

        if (attributes.GetValueOrDefault("bucketId") is not { Length: > 0 } bucket || attributes.GetValueOrDefault("objectId") is not { Length: > 0 } name)
        {
            return Sources.Received(message, new Unreadable("The notification names no bucket or no object."));
        }

        var stored = attributes.GetValueOrDefault("payloadFormat") == "JSON_API_V1" ? StoredObject.TryRead(message.Data.Span) : null;
        var time = Rfc3339.Parse(attributes.GetValueOrDefault("eventTime")) ?? message.PublishTime;
        return Sources.Received(message, new ObjectChanged(new StorageEvent(message.Id, change, bucket, name, stored?.Size, stored?.ETag, stored?.ContentType, time))) with { Body = default };
    }

    /// <summary>What is used of the JSON of an object; numbers of 64 bits are texts there.</summary>
    private sealed record StoredObject(string? Bucket, string? Name, long? Size, string? ETag, string? ContentType)
    {
        public static StoredObject? TryRead(ReadOnlySpan<byte> data)
        {
            try
            {
                return Read(data);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return null; // no JSON, or a text in it that is no Unicode
            }
        }

        private static StoredObject? Read(ReadOnlySpan<byte> data)
        {
            var json = new Utf8JsonReader(data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            var found = new StoredObject(null, null, null, null, null);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                found = json.ValueTextEquals("bucket"u8) ? found with { Bucket = Text(ref json) }
                    : json.ValueTextEquals("name"u8) ? found with { Name = Text(ref json) }
                    : json.ValueTextEquals("size"u8) ? found with { Size = Number(ref json) }
                    : json.ValueTextEquals("etag"u8) ? found with { ETag = Text(ref json) }
                    : json.ValueTextEquals("contentType"u8) ? found with { ContentType = Text(ref json) }
                    : Skip(found, ref json);
            }

            json.Read(); // anything behind the object is an error of the reader's
            return found;
        }

        private static StoredObject Skip(StoredObject found, ref Utf8JsonReader json)
        {
            json.Read();
            json.Skip();
            return found;
        }

        // A text in events and in the JSON API, a number in what some send.
        private static long? Number(ref Utf8JsonReader json)
        {
            json.Read();
            long? number = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var plain) ? plain
                : json.TokenType == JsonTokenType.String && long.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
                : null;
            json.Skip();
            return number;
        }

        private static string? Text(ref Utf8JsonReader json)
        {
            json.Read();
            var text = json.TokenType == JsonTokenType.String ? json.GetString() : null;
            json.Skip();
            return string.IsNullOrEmpty(text) ? null : text;
        }
    }
}
