// One file, compiled into the runtime and into the generator, so that what is checked at compile time and what is checked before a send are the same
// numbers. Every number stands here once, with where it is from.
#if PORTABLE_GENERATOR
namespace Portable.Generator.Limits;
#else
namespace Portable.Runtime;
#endif

/// <summary>A limit of a cloud.</summary>
#if PORTABLE_GENERATOR
internal
#else
public
#endif
sealed class Limit
{
    /// <summary>States a limit.</summary>
    /// <param name="cloud">The cloud: <c>aws</c>, <c>gcp</c> or <c>azure</c>.</param>
    /// <param name="kind">What is limited.</param>
    /// <param name="trigger">The trigger that it holds for, as the manifest names it; empty for all.</param>
    /// <param name="value">The most, or the least where the kind says so.</param>
    /// <param name="unit">What the value counts.</param>
    /// <param name="what">The limit in words, to follow the name of the cloud.</param>
    /// <param name="source">Where the number is from.</param>
    public Limit(string cloud, LimitKind kind, string trigger, long value, string unit, string what, string source)
    {
        Cloud = cloud;
        Kind = kind;
        Trigger = trigger;
        Value = value;
        Unit = unit;
        What = what;
        Source = source;
    }

    /// <summary>The cloud: <c>aws</c>, <c>gcp</c> or <c>azure</c>.</summary>
    public string Cloud { get; }

    /// <summary>What is limited.</summary>
    public LimitKind Kind { get; }

    /// <summary>The trigger that it holds for, as the manifest names it; empty for all.</summary>
    public string Trigger { get; }

    /// <summary>The most, or the least where the kind says so, in <see cref="Unit"/>.</summary>
    public long Value { get; }

    /// <summary>What the value counts: bytes, seconds, messages, ...</summary>
    public string Unit { get; }

    /// <summary>The limit in words.</summary>
    public string What { get; }

    /// <summary>Where the number is from.</summary>
    public string Source { get; }
}

/// <summary>What is limited.</summary>
#if PORTABLE_GENERATOR
internal
#else
public
#endif
enum LimitKind
{
    /// <summary>How long an invocation may take.</summary>
    Timeout,

    /// <summary>How much memory an instance has.</summary>
    Memory,

    /// <summary>How little memory an instance has; the value is the least.</summary>
    LeastMemory,

    /// <summary>How many messages an invocation gets.</summary>
    BatchSize,

    /// <summary>How large a request is that starts a function.</summary>
    Request,

    /// <summary>How large an answer is.</summary>
    Reply,

    /// <summary>How large a message is that is sent to a queue.</summary>
    Message,

    /// <summary>How large an event is that is published.</summary>
    Event,

    /// <summary>How large the payload or result of a step is.</summary>
    StepPayload,

    /// <summary>How long the name of a function is.</summary>
    Name,

    /// <summary>How long a call of the cloud's own endpoints for models may take.</summary>
    InferenceTimeout,

    /// <summary>How large the payload of such a call is.</summary>
    InferencePayload,

    /// <summary>How large what is deployed is, unzipped.</summary>
    Package,

    /// <summary>How large the environment variables of a function are, names and values together.</summary>
    Environment,

    /// <summary>How long a source goes on with a message that fails, before it is gone.</summary>
    Retention,

    /// <summary>How long a message that was delivered stays hidden where the function states no timeout.</summary>
    Visibility,
}

/// <summary>The limits of the clouds.</summary>
#if PORTABLE_GENERATOR
internal
#else
public
#endif
static class CloudLimits
{
    /// <summary>A message of SQS with its attributes, in bytes.</summary>
    public const int SqsMessage = 1024 * 1024;

    /// <summary>An event of EventBridge, in bytes; it must stay below.</summary>
    public const int EventBridgeEvent = 256 * 1024;

    /// <summary>The event and the answer of a synchronous invocation of Lambda, in bytes.</summary>
    public const int LambdaPayload = 6 * 1024 * 1024;

    /// <summary>The answer of a Lambda function behind a load balancer, in bytes.</summary>
    public const int LoadBalancerPayload = 1024 * 1024;

    /// <summary>A message of Pub/Sub with its attributes, in bytes.</summary>
    public const int PubSubMessage = 10 * 1000 * 1000;

    /// <summary>An event that Eventarc hands on, in bytes.</summary>
    public const int EventarcEvent = 512 * 1024;

    /// <summary>A request or answer of a function on Google Cloud, in bytes.</summary>
    public const int CloudRunPayload = 32 * 1024 * 1024;

    /// <summary>A message of an Azure storage queue as it is stored, in bytes.</summary>
    public const int StorageQueueMessage = 64 * 1024;

    /// <summary>An event of Event Grid, in bytes.</summary>
    public const int EventGridEvent = 1024 * 1024;

    /// <summary>The payload of a call of a SageMaker endpoint, in bytes.</summary>
    public const int SageMakerPayload = 6 * 1024 * 1024;

    /// <summary>The payload of a call of a dedicated endpoint of Vertex AI, in bytes; shared ones take 1.5 MB.</summary>
    public const int VertexPayload = 10 * 1000 * 1000;

    /// <summary>What a Lambda function consists of, unzipped and with its layers, in bytes.</summary>
    public const int LambdaPackage = 250 * 1024 * 1024;

    /// <summary>Every limit.</summary>
    public static IReadOnlyList<Limit> All { get; } =
    [
        new("aws", LimitKind.Timeout, "", 900, "seconds", "ends an invocation after 900 s", "AWS Lambda quotas: function timeout"),
        new("aws", LimitKind.Timeout, "http", 30, "seconds", "ends a request of an HTTP API after 30 s, whatever the function's own timeout", "Amazon API Gateway quotas: maximum integration timeout"),
        new("aws", LimitKind.Memory, "", 10_240, "megabytes", "gives a function at most 10,240 MB", "AWS Lambda quotas: memory allocation"),
        new("aws", LimitKind.LeastMemory, "", 128, "megabytes", "gives a function at least 128 MB", "AWS Lambda quotas: memory allocation"),
        new("aws", LimitKind.BatchSize, "queue", 10_000, "messages", "delivers at most 10,000 messages of a queue at a time", "AWS Lambda, event source mappings: BatchSize"),
        new("aws", LimitKind.BatchSize, "fifo", 10, "messages", "delivers at most 10 messages of a FIFO queue at a time", "AWS Lambda, event source mappings: BatchSize"),
        new("aws", LimitKind.BatchSize, "stream", 10_000, "records", "delivers at most 10,000 records of a stream at a time", "AWS Lambda, event source mappings: BatchSize"),
        new("aws", LimitKind.BatchSize, "table", 10_000, "changes", "delivers at most 10,000 changes of a table at a time", "AWS Lambda, event source mappings: BatchSize"),
        new("aws", LimitKind.Request, "", LambdaPayload, "bytes", "takes events of up to 6 MB", "AWS Lambda quotas: invocation payload"),
        new("aws", LimitKind.Reply, "http", LambdaPayload, "bytes", "takes answers of up to 6 MB that are not streamed", "AWS Lambda quotas: invocation payload"),
        new("aws", LimitKind.Message, "queue", SqsMessage, "bytes", "takes messages of up to 1 MiB, their attributes included", "Amazon SQS API Reference: SendMessage"),
        new("aws", LimitKind.Event, "event", EventBridgeEvent, "bytes", "takes events of less than 256 KB", "Amazon EventBridge User Guide: PutEvents event entry size"),
        new("aws", LimitKind.StepPayload, "", 256 * 1024, "bytes", "takes payloads and results of steps of up to 256 KiB", "AWS Step Functions API Reference: input and output of a state"),
        new("aws", LimitKind.Environment, "", 4_096, "bytes", "takes environment variables of up to 4 KB in all", "AWS Lambda quotas: environment variables"),
        new("aws", LimitKind.Name, "", 64, "characters", "takes names of up to 64 characters", "AWS Lambda API Reference: CreateFunction"),
        new("aws", LimitKind.Package, "", LambdaPackage, "bytes", "takes packages of up to 250 MB unzipped, layers included", "AWS Lambda quotas: deployment package size"),
        new("aws", LimitKind.Retention, "queue", 345_600, "seconds", "keeps a message for 4 days where its queue says nothing", "Amazon SQS API Reference: CreateQueue, MessageRetentionPeriod"),
        new("aws", LimitKind.Visibility, "queue", 30, "seconds", "delivers a message again after 30 s where no timeout is stated", "Amazon SQS API Reference: ChangeMessageVisibility, default visibility timeout"),
        new("aws", LimitKind.InferenceTimeout, "", 60, "seconds", "ends a call of a SageMaker endpoint after 60 s", "Amazon SageMaker, InvokeEndpoint: the container must answer within 60 s"),
        new("aws", LimitKind.InferencePayload, "", SageMakerPayload, "bytes", "takes payloads of up to 6 MB at a SageMaker endpoint", "Amazon SageMaker, real-time inference: payload size"),
        new("gcp", LimitKind.Timeout, "", 3_600, "seconds", "ends a request after 60 minutes", "Cloud Run: request timeout for services"),
        new("gcp", LimitKind.Timeout, "queue", 600, "seconds", "delivers a message again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "stream", 600, "seconds", "delivers a message again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "event", 600, "seconds", "delivers an event again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "storage", 600, "seconds", "delivers an event again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "table", 600, "seconds", "delivers a change again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "device", 600, "seconds", "delivers a message again when it is not acknowledged within 600 s", "Pub/Sub: acknowledgement deadline of a subscription"),
        new("gcp", LimitKind.Timeout, "schedule", 1_800, "seconds", "waits at most 1,800 s for what a schedule starts", "Cloud Scheduler: attempt deadline of HTTP targets"),
        new("gcp", LimitKind.Timeout, "step", 1_800, "seconds", "waits at most 1,800 s for a step of a workflow", "Google Workflows quotas: HTTP request timeout"),
        new("gcp", LimitKind.Memory, "", 32_768, "megabytes", "gives an instance at most 32 GiB", "Cloud Run: memory limits of services"),
        new("gcp", LimitKind.LeastMemory, "", 128, "megabytes", "gives an instance at least 128 MiB", "Cloud Run: memory limits of services"),
        new("gcp", LimitKind.Retention, "storage", 86_400, "seconds", "gives an event up after 24 hours", "Eventarc: retry events"),
        new("gcp", LimitKind.Retention, "table", 86_400, "seconds", "gives an event up after 24 hours", "Eventarc: retry events"),
        new("gcp", LimitKind.Request, "http", CloudRunPayload, "bytes", "takes requests of up to 32 MB", "Cloud Run functions: quotas"),
        new("gcp", LimitKind.Reply, "http", CloudRunPayload, "bytes", "takes answers of up to 32 MB that are not streamed", "Cloud Run functions: quotas"),
        new("gcp", LimitKind.Message, "queue", PubSubMessage, "bytes", "takes messages of up to 10 MB", "Pub/Sub quotas and limits: message size"),
        new("gcp", LimitKind.Event, "event", EventarcEvent, "bytes", "hands on events of up to 512 KB", "Cloud Run functions: quotas, Eventarc events"),
        new("gcp", LimitKind.StepPayload, "", 512 * 1024, "bytes", "keeps at most 512 KB in all variables of a run", "Google Workflows quotas: memory of variables"),
        new("gcp", LimitKind.Name, "", 63, "characters", "takes names of up to 63 characters", "Cloud Run: names of services"),
        new("gcp", LimitKind.InferenceTimeout, "", 3_600, "seconds", "ends a prediction of a dedicated endpoint after an hour", "Vertex AI: dedicated public endpoints, inference timeout"),
        new("gcp", LimitKind.InferencePayload, "", VertexPayload, "bytes", "takes payloads of up to 10 MB at a dedicated endpoint", "Vertex AI: dedicated public endpoints, payload size"),
        new("azure", LimitKind.Timeout, "http", 230, "seconds", "ends a request after 230 s, whatever the function's own timeout", "Azure Functions: function app timeout duration, the load balancer's idle timeout"),
        new("azure", LimitKind.Memory, "", 4_096, "megabytes", "gives an instance at most 4,096 MB", "Azure Functions: instance sizes of the Flex Consumption plan"),
        new("azure", LimitKind.Request, "http", 100 * 1024 * 1024, "bytes", "takes requests of up to 100 MB", "Azure Functions: HTTP trigger limits"),
        new("azure", LimitKind.Message, "queue", StorageQueueMessage, "bytes", "takes messages of up to 64 KiB, base64 included", "Azure Storage: scale targets of queues"),
        new("azure", LimitKind.InferenceTimeout, "", 90, "seconds", "ends a call of a managed online endpoint after 90 s", "Azure Machine Learning, how to manage quotas: online endpoints, maximum request time-out"),
        new("azure", LimitKind.StepPayload, "", 1024 * 1024, "bytes", "takes payloads and results of steps of up to 1 MiB", "Durable Task Scheduler: message size"),
        new("azure", LimitKind.Event, "event", EventGridEvent, "bytes", "takes events of up to 1 MB", "Azure Event Grid: quotas and limits"),
    ];

    /// <summary>The limit of a cloud; the trigger's own where it has one, else the one of all triggers.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="kind">What is limited.</param>
    /// <param name="trigger">The trigger, as the manifest names it.</param>
    /// <returns><see langword="null"/> where none is known.</returns>
    public static Limit? Find(string cloud, LimitKind kind, string trigger = "")
    {
        Limit? general = null;
        foreach (var limit in All)
        {
            if (limit.Cloud == cloud && limit.Kind == kind)
            {
                if (limit.Trigger == trigger)
                {
                    return limit;
                }

                general = limit.Trigger.Length == 0 ? limit : general;
            }
        }

        return general;
    }
}
