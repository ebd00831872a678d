namespace Portable;

/// <summary>
/// Starts a function for messages of a queue: SQS, a Pub/Sub topic, an Azure storage queue, an in-process queue locally.
/// Delivery is at least once. The payload parameter is the message body <c>T</c>, a <see cref="Message{T}"/>,
/// or a list or array of either for a whole batch.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QueueTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a queue.</summary>
    /// <param name="queue">The name of the queue.</param>
    public QueueTriggerAttribute(string queue) => Queue = queue;

    /// <summary>The name of the queue.</summary>
    public string Queue { get; }

    /// <summary>
    /// The most messages that one invocation receives where the cloud delivers batches; 0 leaves the default of 10.
    /// A handler of single messages is called once per message whatever the batch.
    /// </summary>
    public int BatchSize { get; set; }

    /// <summary>
    /// Whether messages of one group keep their order: a FIFO queue on AWS (batches of at most 10), ordering keys on Pub/Sub. After a
    /// failure nothing behind it is handled. Azure storage queues keep no order: a project for Azure cannot say so.
    /// </summary>
    public bool Ordered { get; set; }
}
