using System.Buffers.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// A batch of SQS: <c>Records[].{messageId, body, attributes, messageAttributes, eventSourceARN}</c>. A message without a body that is text is
/// reported as failed; the others are handled.
/// </summary>
internal static class SqsEvent
{
    private const string Wanted = "Queue functions take events of SQS.";

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json)
    {
        var state = new State([], false);
        EventRecords.Read(json, ref state, ReadRecord, Wanted);
        return new MessageBatch(state.Messages, state.Ordered ? FailureReport.FromFirstFailed : FailureReport.EachFailed);
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref State state)
    {
        string? id = null;
        ReadOnlyMemory<byte>? body = null;
        var count = 1;
        DateTimeOffset? sent = null;
        string? trace = null;
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
                ReadSystemAttributes(ref reader, ref count, ref sent, ref trace);
            }
            else if (reader.ValueTextEquals("messageAttributes"u8))
            {
                attributes = ReadAttributes(ref reader);
            }
            else if (reader.ValueTextEquals("eventSourceARN"u8))
            {
                reader.Read();
                state.Ordered |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.EndsWith(".fifo"u8);
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        // What the sender's SDK told of its trace, unless the sender has told it itself.
        if (trace is not null && attributes?.ContainsKey(Correlation.TraceParent) != true)
        {
            (attributes ??= new(StringComparer.OrdinalIgnoreCase))[Correlation.TraceParent] = trace;
        }

        if (id is not { Length: > 0 })
        {
            throw new MalformedEventException($"A record of the event has no messageId. {Wanted}");
        }

        state.Messages.Add(new ReceivedMessage(id, body ?? default, count, attributes, sent, body is null ? new Unreadable("The record has no body.") : null));
    }

    private record struct State(List<ReceivedMessage> Messages, bool Ordered);

    private static void ReadSystemAttributes(ref Utf8JsonReader reader, ref int count, ref DateTimeOffset? sent, ref string? trace)
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
            else if (reader.ValueTextEquals("AWSTraceHeader"u8))
            {
                trace = RuntimeApi.XRayTrace.ToTraceParent(EventJson.ReadString(ref reader));
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
