using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// A batch of Kinesis: <c>Records[].{eventID, kinesis: {partitionKey, sequenceNumber, data, approximateArrivalTimestamp}}</c>, the data as base64.
/// One event has records of one shard only, so that their order is the event's.
/// </summary>
internal static class KinesisEvent
{
    private const string Wanted = "Stream functions take events of Kinesis.";

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json)
    {
        var batch = new MessageBatch([], FailureReport.Checkpoint, []);
        EventRecords.Read(json, ref batch, ReadRecord, Wanted);
        return batch;
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref MessageBatch batch)
    {
        string? id = null;
        var record = default(Record);
        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("kinesis"u8))
            {
                record = ReadData(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("eventID"u8))
            {
                id = EventJson.ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (record.SequenceNumber is not { Length: > 0 } number)
        {
            throw new MalformedEventException($"A record of the event has no sequenceNumber. {Wanted}");
        }

        batch.Checkpoints!.Add(number);
        batch.Messages.Add(new ReceivedMessage(
            id is { Length: > 0 } ? id : number,
            record.Data,
            EnqueuedAt: record.Arrived,
            Detail: record.Data is null ? new Unreadable("The record's data is not base64.") : new StreamPosition(record.PartitionKey ?? "", number)));
    }

    private static Record ReadData(ref Utf8JsonReader reader)
    {
        var record = default(Record);
        if (!EventJson.TryBeginValue(ref reader))
        {
            return record;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("data"u8))
            {
                reader.Read();
                record.Data = reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : null;
                reader.Skip();
            }
            else if (reader.ValueSpan.SequenceEqual("sequenceNumber"u8))
            {
                record.SequenceNumber = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("partitionKey"u8))
            {
                record.PartitionKey = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("approximateArrivalTimestamp"u8))
            {
                record.Arrived = EventJson.ReadEpochSeconds(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return record;
    }

    private struct Record
    {
        public byte[]? Data;
        public string? SequenceNumber;
        public string? PartitionKey;
        public DateTimeOffset? Arrived;
    }
}
