using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>Reads the event of one kind of source.</summary>
/// <param name="json">The event.</param>
/// <param name="source">What the function takes.</param>
/// <param name="requestId">Lambda's id of the invocation, the same when it tries again.</param>
/// <exception cref="MalformedEventException">It is no event of that source.</exception>
internal delegate MessageBatch MessageEventReader(ReadOnlyMemory<byte> json, MessageSource source, string requestId);

/// <summary>Which reader reads the events of which source.</summary>
internal static class MessageEvents
{
    private static readonly (Type Source, MessageEventReader Reader)[] Readers =
    [
        (typeof(QueueSource), static (json, _, _) => SqsEvent.Read(json)),
        (typeof(StreamSource), static (json, _, _) => KinesisEvent.Read(json)),
        (typeof(TableSource), static (json, _, _) => DynamoDbEvent.Read(json)),
        (typeof(StorageSource), static (json, _, _) => S3Event.Read(json)),
        (typeof(EventSource), static (json, source, _) => BusEvent.Read(json, source.Name)),
        (typeof(DeviceSource), static (json, _, requestId) => DeviceEvent.Read(json, requestId)),
    ];

    /// <summary>The reader for a source.</summary>
    /// <exception cref="InvalidOperationException">Lambda has no event of that kind.</exception>
    public static MessageEventReader ReaderOf(MessageSource source)
    {
        foreach (var (type, reader) in Readers)
        {
            if (type == source.GetType())
            {
                return reader;
            }
        }

        throw new InvalidOperationException($"{source.GetType().Name} is no source that Lambda has events of.");
    }
}
