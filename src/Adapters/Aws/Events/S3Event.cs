using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// Changes of objects in S3, in either form: the bucket's own notifications, <c>Records[].{eventName, eventTime, s3: {bucket, object}}</c>, whose keys are encoded as in a
/// query string, and EventBridge's <c>Object Created</c> and <c>Object Deleted</c>, whose keys are plain. Changes of tags and the like are passed over.
/// </summary>
internal static class S3Event
{
    private const string Wanted = "Storage functions take notifications of S3, from the bucket or through EventBridge.";

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json)
    {
        json = EventJson.WithoutMark(json);
        var batch = new MessageBatch([], FailureReport.WholeEvent);
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            EventJson.BeginObject(ref reader);
            var bus = default(BusForm);
            var known = false;
            while (EventJson.NextProperty(ref reader))
            {
                if (reader.ValueSpan.SequenceEqual("Records"u8))
                {
                    EventRecords.ReadArray(ref reader, json, ref batch, ReadRecord);
                    known = true;
                }
                else if (reader.ValueSpan.SequenceEqual("detail-type"u8))
                {
                    bus.Type = EventJson.ReadString(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("time"u8))
                {
                    bus.Time = EventJson.ReadTime(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("id"u8))
                {
                    bus.Id = EventJson.ReadString(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("detail"u8))
                {
                    bus.Object = ReadContent(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            EventJson.End(ref reader);
            if (bus.Type is not null)
            {
                known = true;
                Add(batch, ChangeOf(bus.Type, "Object Created", "Object Deleted", "Object Deleted"), bus.Object, bus.Object.Key, bus.Time, bus.Id);
            }

            return known ? batch : throw new MalformedEventException($"The event has neither Records nor a detail-type. {Wanted}");
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref MessageBatch batch)
    {
        string? name = null;
        DateTimeOffset? time = null;
        var content = default(Content);
        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("eventName"u8))
            {
                name = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("eventTime"u8))
            {
                time = EventJson.ReadTime(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("s3"u8))
            {
                content = ReadContent(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        var change = ChangeOf(name, "ObjectCreated:", "ObjectRemoved:", "LifecycleExpiration:");
        Add(batch, change, content, content.Key is null ? null : PercentEncoding.DecodeQuery(content.Key), time, null);
    }

    private static StorageChange? ChangeOf(string? name, string created, string deleted, string expired) =>
        name is null ? throw new MalformedEventException($"A record of the event does not say what happened. {Wanted}")
        : name.StartsWith(created, StringComparison.Ordinal) ? StorageChange.Created
        : name.StartsWith(deleted, StringComparison.Ordinal) || name.StartsWith(expired, StringComparison.Ordinal) ? StorageChange.Deleted
        : null;

    private static void Add(MessageBatch batch, StorageChange? change, in Content content, string? key, DateTimeOffset? time, string? fallbackId)
    {
        if (content.Bucket is not { Length: > 0 } bucket || key is not { Length: > 0 })
        {
            throw new MalformedEventException($"A record of the event names no bucket or no object. {Wanted}");
        }

        if (change is not { } happened)
        {
            return;
        }

        // S3 delivers at least once, on either way; the sequencer is what two deliveries of one change share.
        var id = content.Sequencer is { Length: > 0 } sequencer || (sequencer = content.VersionId ?? fallbackId ?? time?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)) is not null
            ? $"{bucket}/{Uri.EscapeDataString(key)}#{sequencer}"
            : $"{bucket}/{Uri.EscapeDataString(key)}";
        var changed = new StorageEvent(id, happened, bucket, key, content.Size, content.ETag, contentType: null, time);
        batch.Messages.Add(new ReceivedMessage(id, default, EnqueuedAt: time, Detail: new ObjectChanged(changed)));
    }

    // {"bucket": {"name"}, "object": {"key", "size", "eTag" or "etag", "versionId" or "version-id", "sequencer"}}
    private static Content ReadContent(ref Utf8JsonReader reader)
    {
        var content = default(Content);
        if (!EventJson.TryBeginValue(ref reader))
        {
            return content;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("bucket"u8))
            {
                content.Bucket = ReadBucket(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("object"u8))
            {
                ReadObject(ref reader, ref content);
            }
            else
            {
                reader.Skip();
            }
        }

        return content;
    }

    private static string? ReadBucket(ref Utf8JsonReader reader)
    {
        string? name = null;
        if (EventJson.TryBeginValue(ref reader))
        {
            while (EventJson.NextProperty(ref reader))
            {
                if (reader.ValueSpan.SequenceEqual("name"u8))
                {
                    name = EventJson.ReadString(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return name;
    }

    private static void ReadObject(ref Utf8JsonReader reader, ref Content content)
    {
        if (!EventJson.TryBeginValue(ref reader))
        {
            return;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("key"u8))
            {
                content.Key = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("size"u8))
            {
                content.Size = EventJson.ReadInteger(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("eTag"u8) || reader.ValueSpan.SequenceEqual("etag"u8))
            {
                content.ETag = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("versionId"u8) || reader.ValueSpan.SequenceEqual("version-id"u8))
            {
                content.VersionId = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("sequencer"u8))
            {
                content.Sequencer = EventJson.ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private struct Content
    {
        public string? Bucket;
        public string? Key;
        public long? Size;
        public string? ETag;
        public string? VersionId;
        public string? Sequencer;
    }

    private struct BusForm
    {
        public string? Type;
        public string? Id;
        public DateTimeOffset? Time;
        public Content Object;
    }
}
