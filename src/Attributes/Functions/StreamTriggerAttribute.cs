namespace Portable;

/// <summary>
/// Starts a function for records of a stream: Kinesis, a Pub/Sub topic with ordering keys, Event Hubs. Records of one partition arrive in order; after a failure
/// nothing behind it is handled. The payload parameter is the body <c>T</c>, a <see cref="StreamRecord{T}"/>, or a list or array of either for a whole batch.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a stream.</summary>
    /// <param name="stream">The name of the stream: the Kinesis stream, the topic, the event hub.</param>
    public StreamTriggerAttribute(string stream) => Stream = stream;

    /// <summary>The name of the stream.</summary>
    public string Stream { get; }

    /// <summary>The most records that one invocation receives where the cloud delivers batches; 0 leaves the default of 100.</summary>
    public int BatchSize { get; set; }

    /// <summary>Whether a new deployment begins with the oldest record that is kept, instead of with what arrives from then on.</summary>
    public bool FromStart { get; set; }
}

/// <summary>A record of a stream: its body and where it stands.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
public sealed class StreamRecord<T>
{
    /// <summary>Creates a record; the runtime does so, and tests may.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">What identifies the record within the stream.</param>
    /// <param name="partitionKey">What the order holds within.</param>
    /// <param name="sequenceNumber">Where it stands; empty where the cloud does not say.</param>
    /// <param name="arrivedAt">When the stream took it, where the cloud says so.</param>
    /// <param name="attributes">Attributes beside the body, names compared ignoring case.</param>
    public StreamRecord(T body, string id, string partitionKey = "", string sequenceNumber = "", DateTimeOffset? arrivedAt = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        Body = body;
        Id = id;
        PartitionKey = partitionKey;
        SequenceNumber = sequenceNumber;
        ArrivedAt = arrivedAt;
        Attributes = attributes ?? NoAttributes.Instance;
    }

    /// <summary>The body.</summary>
    public T Body { get; }

    /// <summary>What identifies the record within the stream; the same on every redelivery.</summary>
    public string Id { get; }

    /// <summary>What the order holds within: records of one key are handled one after the other.</summary>
    public string PartitionKey { get; }

    /// <summary>Where the record stands in its partition; empty where the cloud does not say.</summary>
    public string SequenceNumber { get; }

    /// <summary>When the stream took it, where the cloud says so.</summary>
    public DateTimeOffset? ArrivedAt { get; }

    /// <summary>Attributes beside the body.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }
}
