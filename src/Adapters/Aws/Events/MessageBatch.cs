using System.Buffers;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>How Lambda hears of the messages of an event that failed.</summary>
internal enum FailureReport
{
    /// <summary>One by one, by their identifiers; the others are done.</summary>
    EachFailed,

    /// <summary>The first one that failed and all behind it, by their identifiers: a FIFO queue would go on behind a failure otherwise.</summary>
    FromFirstFailed,

    /// <summary>The first one that failed, by its sequence number: a stream begins again there.</summary>
    Checkpoint,

    /// <summary>Not at all: the invocation fails as a whole, and Lambda tries it again.</summary>
    WholeEvent,
}

/// <summary>The messages of one event.</summary>
/// <param name="Messages">The messages, in the order of the event.</param>
/// <param name="Report">How Lambda hears of those that failed.</param>
/// <param name="Checkpoints">The sequence number of each message of a stream.</param>
internal readonly record struct MessageBatch(List<ReceivedMessage> Messages, FailureReport Report, List<string>? Checkpoints = null)
{
    /// <summary>Whether nothing may be handled behind a failure.</summary>
    public bool Ordered => Report is FailureReport.FromFirstFailed or FailureReport.Checkpoint;

    /// <summary>How often the message that was received most has been received.</summary>
    public int Attempt
    {
        get
        {
            var most = 1;
            foreach (var message in Messages)
            {
                most = Math.Max(most, message.DeliveryCount);
            }

            return most;
        }
    }

    /// <summary>Writes what Lambda needs to know of the failed messages.</summary>
    /// <exception cref="EventFailedException">A message failed, and the source knows no failures of parts of an event.</exception>
    public void WriteReply(IBufferWriter<byte> output, IReadOnlyList<FailedMessage> failed)
    {
        if (Report == FailureReport.WholeEvent)
        {
            if (failed.Count > 0)
            {
                throw new EventFailedException(Messages.Count, failed);
            }

            output.Write("null"u8);
            return;
        }

        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("batchItemFailures"u8);
        if (failed.Count > 0)
        {
            WriteFailures(json, failed);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteFailures(Utf8JsonWriter json, IReadOnlyList<FailedMessage> failed)
    {
        if (Report == FailureReport.EachFailed)
        {
            foreach (var failure in failed)
            {
                WriteFailure(json, failure.Id);
            }

            return;
        }

        // What reports an identifier that is none of the event's is not believed about the others either: everything comes again.
        var first = Math.Max(FirstFailed(failed), 0);
        if (Report == FailureReport.Checkpoint)
        {
            WriteFailure(json, Checkpoints![first]);
            return;
        }

        for (var i = first; i < Messages.Count; i++)
        {
            WriteFailure(json, Messages[i].Id);
        }
    }

    private int FirstFailed(IReadOnlyList<FailedMessage> failed)
    {
        var ids = new HashSet<string>(failed.Count, StringComparer.Ordinal);
        foreach (var failure in failed)
        {
            ids.Add(failure.Id);
        }

        return Messages.FindIndex(message => ids.Contains(message.Id));
    }

    private static void WriteFailure(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("itemIdentifier"u8, id);
        json.WriteEndObject();
    }
}
