namespace Portable.Docs.Tests;

/// <summary>
/// Who delivers what to which trigger, who tries again and where it ends: the facts behind docs/delivery.md. They come from the clouds' published documentation; the pages
/// of each cloud name the sources.
/// </summary>
/// <param name="Trigger">The row of the support matrix.</param>
/// <param name="Cloud">The cloud.</param>
/// <param name="By">What delivers it.</param>
/// <param name="Batch">How many at a time.</param>
/// <param name="Failure">What a failed message does to the others.</param>
/// <param name="Attempts">Who tries again, and by what setting.</param>
/// <param name="DeadLetters">Where it ends.</param>
internal sealed record DeliveryFacts(string Trigger, string Cloud, string By, string Batch, string Failure, string Attempts, string DeadLetters)
{
    public const string No = "-";

    private const string Ours = "`[DeadLetter]` queue, with the reason";
    private const string Unreadable = Ours + ", for what can never be read";
    private const string Alone = "fails alone";
    private const string Ordered = "and all behind it; those before are done";
    private const string OneByOne = "one at a time";
    private const string InMemory = "in memory";
    private const string LocalRetry = "`[Retry]`, with its back-off";

    public static string[] Clouds { get; } = ["local", "aws", "gcp", "azure"];

    public static IReadOnlyList<DeliveryFacts> All { get; } =
    [
        new("HTTP trigger", "local", "Kestrel", OneByOne, "500 with a problem", "the caller's", "none"),
        new("HTTP trigger", "aws", "API Gateway (HTTP and REST), function URL, ALB", OneByOne, "500 with a problem", "the caller's", "none"),
        new("HTTP trigger", "gcp", "Cloud Run", OneByOne, "500 with a problem", "the caller's", "none"),
        new("HTTP trigger", "azure", "the Functions host", OneByOne, "500 with a problem", "the caller's", "none"),

        new("Queue trigger, single messages", "local", InMemory, "`BatchSize`", Alone, LocalRetry, Ours),
        new("Queue trigger, single messages", "aws", "SQS", "`BatchSize`", Alone + " (`ReportBatchItemFailures`)", "redrive after `MaxAttempts` receives; visibility timeout", Ours + "; the queue's own redrive else"),
        new("Queue trigger, single messages", "gcp", "Pub/Sub push", OneByOne, Alone, "the subscription's back-off; `MaxAttempts` from 5 to 100 with a dead letter topic", Ours + "; the subscription's topic else"),
        new("Queue trigger, single messages", "azure", "storage queue", "`BatchSize` at once, each an invocation", Alone, "`maxDequeueCount` of host.json, one for the application", Ours + "; `<queue>-poison` else"),

        new("Ordered queue trigger", "local", InMemory, "`BatchSize`", Ordered, LocalRetry, Ours + ", and the queue goes on"),
        new("Ordered queue trigger", "aws", "SQS FIFO", "`BatchSize`, at most 10", Ordered, "redrive after `MaxAttempts` receives", Ours + ", and the group goes on"),
        new("Ordered queue trigger", "gcp", "Pub/Sub push with ordering keys", OneByOne, "the key waits for it", "the subscription's back-off", Ours + ", and the key goes on"),
        new("Ordered queue trigger", "azure", No, No, "an error at compile time (PORT015)", No, No),

        new("Stream trigger", "local", InMemory + ", by partition", "`BatchSize`", Ordered, LocalRetry, Ours + ", and the partition goes on"),
        new("Stream trigger", "aws", "Kinesis", "`BatchSize`, of one shard", Ordered + " (the checkpoint is reported)", "`MaximumRetryAttempts` of the mapping, else until the record expires", Unreadable + "; the mapping's on-failure destination else"),
        new("Stream trigger", "gcp", "Pub/Sub push with ordering keys", OneByOne, "the key waits for it", "the subscription's back-off", Ours + "; the subscription's topic else"),
        new("Stream trigger", "azure", "Event Hubs", "`BatchSize`, of one partition", "the batch is delivered again; idempotency spares what is done", "the function's retry policy; the checkpoint then moves on", Ours),

        new("Storage trigger", "local", "buckets " + InMemory, OneByOne, Alone, LocalRetry, Ours),
        new("Storage trigger", "aws", "S3 notification or EventBridge", "one event, mostly of one object", "the event is delivered again", "Lambda's asynchronous retries, at most 2", Unreadable + "; the function's on-failure destination else"),
        new("Storage trigger", "gcp", "Eventarc", OneByOne, Alone, "the back-off of the trigger's subscription; 24 hours where none is set", Unreadable + "; the topic of the trigger's subscription else"),
        new("Storage trigger", "azure", "Event Grid", OneByOne, Alone, "the subscription's retry policy", Unreadable + "; the subscription's container else"),

        new("Schedule trigger", "local", "timers", OneByOne, "is logged", LocalRetry, "none"),
        new("Schedule trigger", "aws", "EventBridge Scheduler", OneByOne, "is an error of the invocation", "Lambda's asynchronous retries, at most 2", "the function's on-failure destination"),
        new("Schedule trigger", "gcp", "Cloud Scheduler", OneByOne, "500", "the job's retry settings", "none"),
        new("Schedule trigger", "azure", "timer trigger", OneByOne, "is a failed invocation", "the function's retry policy", "none"),

        new("Event trigger", "local", "the bus " + InMemory, OneByOne, Alone, LocalRetry, Ours),
        new("Event trigger", "aws", "EventBridge", OneByOne, Alone, "Lambda's asynchronous retries, at most 2", Unreadable + "; the function's on-failure destination else"),
        new("Event trigger", "gcp", "Pub/Sub push or Eventarc", OneByOne, Alone, "the subscription's back-off", Ours + "; the subscription's topic else"),
        new("Event trigger", "azure", "Event Grid", OneByOne, Alone, "the subscription's retry policy", Unreadable + "; the subscription's container else"),

        new("Table trigger", "local", "tables " + InMemory, "`BatchSize`", Ordered, LocalRetry, Ours),
        new("Table trigger", "aws", "DynamoDB Streams", "`BatchSize`, of one shard", Ordered + " (the checkpoint is reported)", "`MaximumRetryAttempts` of the mapping, else until the record expires", Unreadable + "; the mapping's on-failure destination else"),
        new("Table trigger", "gcp", "Firestore by Eventarc", OneByOne, Alone, "the back-off of the trigger's subscription; 24 hours where none is set", Unreadable + "; the topic of the trigger's subscription else"),
        new("Table trigger", "azure", "Cosmos DB change feed, without deletions and old images (PORT016)", "`BatchSize`", "the batch is delivered again; idempotency spares what is done", "the function's retry policy; the lease then moves on", Ours),

        new("Device trigger", "local", InMemory, OneByOne, Alone, LocalRetry, Ours),
        new("Device trigger", "aws", "IoT Core rule", OneByOne, Alone, "Lambda's asynchronous retries, at most 2", Unreadable + "; the function's on-failure destination else"),
        new("Device trigger", "gcp", "Pub/Sub push", OneByOne, Alone, "the subscription's back-off", Ours + "; the subscription's topic else"),
        new("Device trigger", "azure", "IoT Hub, by its event hub", "the largest `BatchSize` of the application's streams", "the batch is delivered again; idempotency spares what is done", "the function's retry policy; the checkpoint then moves on", Ours),
    ];

    public static IEnumerable<string> Triggers => All.Select(static fact => fact.Trigger).Distinct();

    /// <summary>The columns of the support matrix that belong to a cloud.</summary>
    public static IEnumerable<string> Targets(string cloud) => cloud == "local" ? ["local"] : [cloud + " managed", cloud + " native"];
}
