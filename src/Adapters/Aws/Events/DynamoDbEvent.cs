using System.Buffers;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// A batch of DynamoDB Streams: <c>Records[].{eventID, eventName, dynamodb: {Keys, NewImage, OldImage, SequenceNumber, ApproximateCreationDateTime}}</c>.
/// Images become plain JSON. A record that is no change of a row is reported as failed, and the stream begins again at it.
/// </summary>
internal static class DynamoDbEvent
{
    // Items nest up to 32 levels, each of which is two of the typed form; around them is the envelope.
    private const int MaxDepth = 96;
    private const string Wanted = "Table functions take events of DynamoDB Streams.";

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json)
    {
        // The plain form of a value is never longer than its typed form.
        var scratch = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var state = new State(new MessageBatch([], FailureReport.Checkpoint, []), scratch);
            EventRecords.Read(json, ref state, ReadRecord, Wanted, MaxDepth);
            return state.Batch;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref State state)
    {
        string? id = null;
        TableChangeKind? kind = null;
        var change = default(Change);
        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("dynamodb"u8))
            {
                change = ReadChange(ref reader, state.Scratch);
            }
            else if (reader.ValueSpan.SequenceEqual("eventName"u8))
            {
                kind = ReadKind(ref reader);
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

        if (change.SequenceNumber is not { Length: > 0 } number)
        {
            throw new MalformedEventException($"A record of the event has no SequenceNumber. {Wanted}");
        }

        var problem = change.Problem ?? (kind is null ? "The record is no insertion, change or removal." : change.Key is null ? "The record has no key." : null);
        state.Batch.Checkpoints!.Add(number);
        state.Batch.Messages.Add(new ReceivedMessage(
            id is { Length: > 0 } ? id : number,
            default,
            EnqueuedAt: change.Created,
            Detail: problem is null ? new RowChanged(kind!.Value, change.Key!, change.Old, change.New) : new Unreadable(problem)));
    }

    private static Change ReadChange(ref Utf8JsonReader reader, byte[] scratch)
    {
        var change = default(Change);
        if (!EventJson.TryBeginValue(ref reader))
        {
            return change;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("NewImage"u8))
            {
                change.New = ReadImage(ref reader, scratch, ref change.Problem);
            }
            else if (reader.ValueSpan.SequenceEqual("OldImage"u8))
            {
                change.Old = ReadImage(ref reader, scratch, ref change.Problem);
            }
            else if (reader.ValueSpan.SequenceEqual("Keys"u8))
            {
                change.Key = ReadKey(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("SequenceNumber"u8))
            {
                change.SequenceNumber = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("ApproximateCreationDateTime"u8))
            {
                change.Created = EventJson.ReadEpochSeconds(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return change;
    }

    private static byte[]? ReadImage(ref Utf8JsonReader reader, byte[] scratch, ref string? problem)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var writer = new PlainJson(scratch);
        if (writer.TryWriteImage(ref reader))
        {
            return writer.Written.ToArray();
        }

        problem = "An image of the record has a value of no type that DynamoDB has.";
        return null;
    }

    private static TableChangeKind? ReadKind(ref Utf8JsonReader reader)
    {
        reader.Read();
        TableChangeKind? kind = reader.TokenType != JsonTokenType.String ? null
            : reader.ValueSpan.SequenceEqual("INSERT"u8) ? TableChangeKind.Inserted
            : reader.ValueSpan.SequenceEqual("MODIFY"u8) ? TableChangeKind.Modified
            : reader.ValueSpan.SequenceEqual("REMOVE"u8) ? TableChangeKind.Removed
            : null;
        reader.Skip();
        return kind;
    }

    /// <summary>The values of the key in ordinal order of their names, joined by slashes; a table has one or two.</summary>
    private static string? ReadKey(ref Utf8JsonReader reader)
    {
        if (!EventJson.TryBeginValue(ref reader))
        {
            return null;
        }

        (string Name, string Value)? first = null, second = null;
        while (EventJson.NextProperty(ref reader))
        {
            var name = reader.GetString()!;
            if (ReadKeyValue(ref reader) is { } value)
            {
                second = first;
                first = (name, value);
            }
        }

        return (first, second) switch
        {
            ({ } only, null) => only.Value,
            ({ } one, { } other) => string.CompareOrdinal(one.Name, other.Name) < 0 ? $"{one.Value}/{other.Value}" : $"{other.Value}/{one.Value}",
            _ => null,
        };
    }

    // {"S": "text"}, {"N": "1"} or {"B": "base64"}; no other type can be a key.
    private static string? ReadKeyValue(ref Utf8JsonReader reader)
    {
        if (!EventJson.TryBeginValue(ref reader))
        {
            return null;
        }

        string? value = null;
        while (EventJson.NextProperty(ref reader))
        {
            value = EventJson.ReadString(ref reader) ?? value;
        }

        return value;
    }

    private readonly record struct State(MessageBatch Batch, byte[] Scratch);

    private struct Change
    {
        public string? SequenceNumber;
        public string? Key;
        public string? Problem;
        public ReadOnlyMemory<byte> New;
        public ReadOnlyMemory<byte> Old;
        public DateTimeOffset? Created;
    }
}
