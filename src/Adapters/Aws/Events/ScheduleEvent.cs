using System.Text.Json;

namespace Portable.Aws.Events;

/// <summary>
/// The firing of a schedule: EventBridge's scheduled event, or whatever JSON an EventBridge Scheduler schedule was given as its input.
/// </summary>
internal static class ScheduleEvent
{
    /// <summary>Reads when the schedule was due: the member <c>time</c> or <c>scheduledTime</c>, else the time given.</summary>
    /// <exception cref="MalformedEventException">It is not JSON.</exception>
    public static ScheduledEvent Read(ReadOnlyMemory<byte> json, TimeProvider clock)
    {
        json = EventJson.WithoutMark(json);
        if (json.IsEmpty)
        {
            return new ScheduledEvent(clock.GetUtcNow());
        }

        try
        {
            var reader = new Utf8JsonReader(json.Span);
            DateTimeOffset? due = null;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (EventJson.NextProperty(ref reader))
                {
                    if (reader.ValueSpan.SequenceEqual("time"u8) || reader.ValueSpan.SequenceEqual("scheduledTime"u8))
                    {
                        reader.Read();
                        due = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : due;
                    }

                    reader.Skip();
                }
            }
            else
            {
                reader.Skip();
            }

            EventJson.End(ref reader);
            return new ScheduledEvent(due ?? clock.GetUtcNow());
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }
}
