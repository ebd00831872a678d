using System.Text.Json;

namespace Portable.Aws.Events;

/// <summary>Reads one record; the reader is at its first brace and must be left at its last one.</summary>
internal delegate void RecordReader<TState>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref TState state);

/// <summary>The form that SQS, Kinesis, DynamoDB and S3 share: an object whose <c>Records</c> are objects.</summary>
internal static class EventRecords
{
    /// <summary>Reads an event that has nothing but records.</summary>
    /// <param name="json">The event.</param>
    /// <param name="state">What the records are added to.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="wanted">What the function takes, for the message of a refusal.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static void Read<TState>(ReadOnlyMemory<byte> json, ref TState state, RecordReader<TState> read, string wanted, int maxDepth = 64)
    {
        json = EventJson.WithoutMark(json);
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
            EventJson.BeginObject(ref reader);
            var found = false;
            while (EventJson.NextProperty(ref reader))
            {
                if (!found && reader.ValueSpan.SequenceEqual("Records"u8))
                {
                    ReadArray(ref reader, json, ref state, read);
                    found = true;
                }
                else
                {
                    reader.Skip();
                }
            }

            EventJson.End(ref reader);
            if (!found)
            {
                throw new MalformedEventException($"The event has no Records. {wanted}");
            }
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    /// <summary>Reads the array of records that the reader's property names.</summary>
    public static void ReadArray<TState>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref TState state, RecordReader<TState> read)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new MalformedEventException("The event's Records are no array.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            read(ref reader, json, ref state);
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            throw new MalformedEventException("A record of the event is no object.");
        }
    }
}
