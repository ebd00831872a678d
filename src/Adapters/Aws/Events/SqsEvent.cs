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
        json = EventJson.WithoutMark(json);
        try
        {
            var scanner = new EventScanner(json.Span);
            List<ReceivedMessage>? messages = null;
            var ordered = false;
            scanner.BeginDocument();
            while (scanner.NextProperty(out var name))
            {
                if (messages is null && name.SequenceEqual("Records"u8))
                {
                    messages = ReadRecords(ref scanner, json, ref ordered);
                }
                else
                {
                    scanner.Skip();
                }
            }

            scanner.EndDocument();
            return messages is null ? throw new MalformedEventException($"The event has no Records. {Wanted}")
                : new MessageBatch(messages, ordered ? FailureReport.FromFirstFailed : FailureReport.EachFailed);
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    private static List<ReceivedMessage> ReadRecords(ref EventScanner scanner, ReadOnlyMemory<byte> json, ref bool ordered)
    {
        if (scanner.Kind != '[')
        {
            throw new MalformedEventException("The event's Records are no array.");
        }

        var messages = new List<ReceivedMessage>();
        scanner.Enter();
        while (scanner.NextElement())
        {
            messages.Add(scanner.Kind == '{' ? ReadRecord(ref scanner, json, ref ordered) : throw new MalformedEventException("A record of the event is no object."));
        }

        return messages;
    }

    private static ReceivedMessage ReadRecord(ref EventScanner scanner, ReadOnlyMemory<byte> json, ref bool ordered)
    {
        string? id = null;
        ReadOnlyMemory<byte>? body = null;
        var count = 1;
        DateTimeOffset? sent = null;
        string? trace = null;
        Dictionary<string, string>? attributes = null;
        scanner.Enter();
        while (scanner.NextProperty(out var name))
        {
            // By length first, which is what names differ in.
            switch (name.Length)
            {
                case 9 when name.SequenceEqual("messageId"u8):
                    id = scanner.ReadString();
                    break;
                case 4 when name.SequenceEqual("body"u8):
                    body = scanner.ReadBytes(json);
                    break;
                case 10 when name.SequenceEqual("attributes"u8):
                    ReadSystemAttributes(ref scanner, ref count, ref sent, ref trace);
                    break;
                case 17 when name.SequenceEqual("messageAttributes"u8):
                    var start = scanner.Position;
                    scanner.Skip();
                    attributes = scanner.Position - start > "{}".Length ? ReadAttributes(scanner.Slowly(start)) : null;
                    break;
                case 14 when name.SequenceEqual("eventSourceARN"u8):
                    ordered |= scanner.TryReadText(out var arn, out _) && arn.EndsWith(".fifo"u8);
                    break;
                default:
                    scanner.Skip();
                    break;
            }
        }

        // What the sender's SDK told of its trace, unless the sender has told it itself.
        if (trace is not null && attributes?.ContainsKey(Correlation.TraceParent) != true)
        {
            (attributes ??= new(StringComparer.OrdinalIgnoreCase))[Correlation.TraceParent] = trace;
        }

        return id is { Length: > 0 }
            ? new ReceivedMessage(id, body ?? default, count, attributes, sent, body is null ? new Unreadable("The record has no body.") : null)
            : throw new MalformedEventException($"A record of the event has no messageId. {Wanted}");
    }

    private static void ReadSystemAttributes(ref EventScanner scanner, ref int count, ref DateTimeOffset? sent, ref string? trace)
    {
        if (!scanner.TryEnterObject())
        {
            return;
        }

        while (scanner.NextProperty(out var name))
        {
            if (name.SequenceEqual("ApproximateReceiveCount"u8))
            {
                count = (int)Math.Clamp(ReadNumber(ref scanner) ?? 1, 1, int.MaxValue);
            }
            else if (name.SequenceEqual("SentTimestamp"u8))
            {
                sent = ReadNumber(ref scanner) is >= 0 and < 253_402_300_800_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
            }
            else if (name.SequenceEqual("AWSTraceHeader"u8))
            {
                trace = RuntimeApi.XRayTrace.ToTraceParent(scanner.ReadString());
            }
            else
            {
                scanner.Skip();
            }
        }
    }

    // SQS writes its numbers as texts; emulators write numbers.
    private static long? ReadNumber(ref EventScanner scanner)
    {
        if (scanner.Kind != '"')
        {
            var reader = scanner.Slowly(scanner.Position);
            scanner.Skip();
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var plain) ? plain : null;
        }

        scanner.TryReadText(out var text, out _);
        return Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length ? number : null;
    }

    // A name to its text; binary values stay base64, as the queue delivers them.
    private static Dictionary<string, string>? ReadAttributes(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        Dictionary<string, string>? attributes = null;
        while (EventJson.NextProperty(ref reader))
        {
            var name = reader.GetString()!;
            string? text = null, binary = null;
            if (EventJson.TryBeginValue(ref reader))
            {
                while (EventJson.NextProperty(ref reader))
                {
                    if (reader.ValueSpan.SequenceEqual("stringValue"u8))
                    {
                        text = EventJson.ReadString(ref reader);
                    }
                    else if (reader.ValueSpan.SequenceEqual("binaryValue"u8))
                    {
                        binary = EventJson.ReadString(ref reader);
                    }
                    else
                    {
                        reader.TrySkip(); // Skip wants a reader that knows the end
                    }
                }
            }

            if ((text ?? binary) is { } value)
            {
                (attributes ??= new(StringComparer.OrdinalIgnoreCase))[name] = value;
            }
        }

        return attributes;
    }
}
