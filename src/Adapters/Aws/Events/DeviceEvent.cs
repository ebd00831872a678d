using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// What an IoT rule hands over: the result of its SQL and nothing around it. The whole of it is the body; a rule that selects <c>clientid() as deviceId</c>,
/// <c>topic() as topic</c> and <c>timestamp() as timestamp</c> beside the message says where it comes from.
/// </summary>
internal static class DeviceEvent
{
    /// <summary>Reads an event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="requestId">What identifies it, the same when Lambda tries again.</param>
    /// <exception cref="MalformedEventException">It is not JSON.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json, string requestId)
    {
        json = EventJson.WithoutMark(json);
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            string? device = null, topic = null;
            DateTimeOffset? sent = null;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (EventJson.NextProperty(ref reader))
                {
                    if (reader.ValueSpan.SequenceEqual("deviceId"u8))
                    {
                        device = EventJson.ReadString(ref reader);
                    }
                    else if (reader.ValueSpan.SequenceEqual("topic"u8))
                    {
                        topic = EventJson.ReadString(ref reader);
                    }
                    else if (reader.ValueSpan.SequenceEqual("timestamp"u8))
                    {
                        sent = EventJson.ReadInteger(ref reader) is >= 0 and < 253_402_300_800_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
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

            EventJson.End(ref reader);
            return new MessageBatch([new ReceivedMessage(requestId, json, EnqueuedAt: sent, Detail: new DeviceOrigin(device, topic))], FailureReport.WholeEvent);
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }
}
