namespace Portable;

/// <summary>Starts a function by an HTTP request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HttpTriggerAttribute : Attribute
{
    /// <summary>Binds the function to one method and route.</summary>
    /// <param name="method">An HTTP method such as <c>POST</c>, or <c>*</c> for every method.</param>
    /// <param name="route">
    /// A path such as <c>/orders/{id}</c>. A segment is a literal, a parameter <c>{name}</c>, or, as the last segment,
    /// a parameter for the rest of the path <c>{*name}</c>.
    /// </param>
    public HttpTriggerAttribute(string method, string route)
    {
        Method = method;
        Route = route;
    }

    /// <summary>The HTTP method, or <c>*</c>.</summary>
    public string Method { get; }

    /// <summary>The route template.</summary>
    public string Route { get; }
}

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
}

/// <summary>Starts a function by the clock.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScheduleTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a schedule.</summary>
    /// <param name="cron">
    /// Five fields, in UTC: minute, hour, day of month, month, day of week (0-6, Sunday is 0); each <c>*</c>, a number,
    /// a range <c>1-5</c>, a list <c>1,15</c> or a step <c>*/10</c>.
    /// </param>
    public ScheduleTriggerAttribute(string cron) => Cron = cron;

    /// <summary>The five-field cron expression.</summary>
    public string Cron { get; }
}
