using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>A batch of SQS messages.</summary>
/// <param name="Messages">The messages, in the order of the event.</param>
/// <param name="Ordered">Whether the queue is a FIFO queue.</param>
internal readonly record struct SqsEvent(List<ReceivedMessage> Messages, bool Ordered)
{
    /// <summary>How often the message that was received most has been received.</summary>
    public int Attempt => Messages.Count == 0 ? 1 : Messages.Max(static message => message.DeliveryCount);

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static SqsEvent Read(ReadOnlyMemory<byte> json)
    {
        json = EventJson.WithoutMark(json);
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            EventJson.BeginObject(ref reader);
            SqsEvent? batch = null;
            while (EventJson.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("Records"u8))
                {
                    batch = ReadRecords(ref reader, json);
                }
                else
                {
                    reader.Skip();
                }
            }

            EventJson.End(ref reader);
            return batch ?? throw new MalformedEventException("The event has no Records. Queue functions take events of SQS.");
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    /// <summary>
    /// Writes what Lambda needs to know of the failed messages. In a FIFO queue everything after the first failure counts as failed,
    /// or the queue would go on behind it.
    /// </summary>
    public void WriteReply(IBufferWriter<byte> output, IReadOnlyList<FailedMessage> failed)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("batchItemFailures"u8);
        if (Ordered && failed.Count > 0)
        {
            var first = Messages.FindIndex(message => failed.Any(failure => failure.Id == message.Id));
            for (var i = Math.Max(first, 0); i < Messages.Count; i++)
            {
                WriteFailure(json, Messages[i].Id);
            }
        }
        else
        {
            foreach (var failure in failed)
            {
                WriteFailure(json, failure.Id);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("itemIdentifier"u8, id);
        json.WriteEndObject();
    }

    private static SqsEvent ReadRecords(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new MalformedEventException("The event's Records are no array.");
        }

        var messages = new List<ReceivedMessage>();
        var ordered = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            messages.Add(ReadRecord(ref reader, json, ref ordered));
        }

        return reader.TokenType == JsonTokenType.EndArray ? new SqsEvent(messages, ordered)
            : throw new MalformedEventException("A record of the event is no object.");
    }

    private static ReceivedMessage ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref bool ordered)
    {
        string? id = null;
        ReadOnlyMemory<byte>? body = null;
        var count = 1;
        DateTimeOffset? sent = null;
        Dictionary<string, string>? attributes = null;
        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("messageId"u8))
            {
                id = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                body = reader.TokenType == JsonTokenType.String ? EventJson.ReadBytes(ref reader, json) : default(ReadOnlyMemory<byte>?);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                ReadSystemAttributes(ref reader, ref count, ref sent);
            }
            else if (reader.ValueTextEquals("messageAttributes"u8))
            {
                attributes = ReadAttributes(ref reader);
            }
            else if (reader.ValueTextEquals("eventSourceARN"u8))
            {
                reader.Read();
                ordered |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.EndsWith(".fifo"u8);
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return id is { Length: > 0 } && body is { } text
            ? new ReceivedMessage(id, text, count, attributes, sent)
            : throw new MalformedEventException("A record of the event has no messageId or no body. Queue functions take events of SQS.");
    }

    private static void ReadSystemAttributes(ref Utf8JsonReader reader, ref int count, ref DateTimeOffset? sent)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("ApproximateReceiveCount"u8))
            {
                count = (int)Math.Clamp(ReadNumber(ref reader) ?? 1, 1, int.MaxValue);
            }
            else if (reader.ValueTextEquals("SentTimestamp"u8))
            {
                sent = ReadNumber(ref reader) is >= 0 and < 253_402_300_800_000 and var sentMs ? DateTimeOffset.FromUnixTimeMilliseconds(sentMs) : null;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // SQS writes its numbers as strings.
    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && Utf8Parser.TryParse(reader.ValueSpan, out long parsed, out var used) && used == reader.ValueSpan.Length ? parsed : null;
        reader.Skip();
        return number;
    }

    // A name to its text; binary values stay base64, as the queue delivers them.
    private static Dictionary<string, string>? ReadAttributes(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        Dictionary<string, string>? attributes = null;
        while (EventJson.NextProperty(ref reader))
        {
            var name = reader.GetString()!;
            string? text = null, binary = null;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (EventJson.NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("stringValue"u8))
                    {
                        text = EventJson.ReadString(ref reader);
                    }
                    else if (reader.ValueTextEquals("binaryValue"u8))
                    {
                        binary = EventJson.ReadString(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }

            if ((text ?? binary) is { } value)
            {
                (attributes ??= new(StringComparer.OrdinalIgnoreCase))[name] = value;
            }
        }

        return attributes;
    }
}
