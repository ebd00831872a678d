namespace Portable.Runtime;

/// <summary>
/// Names and values of OpenTelemetry's semantic conventions 1.38 (status Development but for HTTP and error.type, which are stable):
/// opentelemetry.io/docs/specs/semconv, pages faas/faas-spans, faas/faas-metrics, faas/aws-lambda, messaging/messaging-spans, http/http-spans,
/// general/recording-errors. What begins with <c>portable.</c> is ours, because the conventions have no name for it.
/// </summary>
internal static class Conventions
{
    public const string SourceName = "Portable";

    public const string Trigger = "faas.trigger";
    public const string Function = "faas.name"; // a resource's attribute, which may be a span's where one process serves several functions
    public const string InvocationId = "faas.invocation_id";
    public const string ColdStart = "faas.coldstart";
    public const string Cron = "faas.cron";
    public const string DocumentCollection = "faas.document.collection";
    public const string DocumentOperation = "faas.document.operation";
    public const string DocumentName = "faas.document.name";

    public const string Method = "http.request.method";
    public const string OriginalMethod = "http.request.method_original";
    public const string Route = "http.route";
    public const string Path = "url.path";
    public const string StatusCode = "http.response.status_code";

    public const string System = "messaging.system";
    public const string Destination = "messaging.destination.name";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string MessageId = "messaging.message.id";
    public const string ConversationId = "messaging.message.conversation_id";
    public const string BatchCount = "messaging.batch.message_count";

    public const string ErrorType = "error.type";

    public const string Attempt = "portable.attempt";
    public const string Run = "portable.workflow.run_id";
    public const string Step = "portable.workflow.step";

    public const string Invocations = "faas.invocations";
    public const string Errors = "faas.errors";
    public const string Timeouts = "faas.timeouts";
    public const string ColdStarts = "faas.coldstarts";
    public const string Duration = "faas.invoke_duration";
    public const string Retries = "portable.retries";

    /// <summary>What <c>faas.trigger</c> says of a source of messages.</summary>
    public static string TriggerOf(MessageSource source) => source is StorageSource or TableSource ? "datasource" : "pubsub";

    /// <summary>The messaging system behind a source; the convention's name where it has one.</summary>
    public static string SystemOf(string cloud, MessageSource source) => (cloud, source) switch
    {
        ("aws", QueueSource) => "aws_sqs",
        ("aws", StreamSource) => "aws_kinesis",
        ("aws", EventSource) => "aws_eventbridge",
        ("aws", StorageSource) => "aws_s3",
        ("aws", TableSource) => "aws_dynamodb",
        ("aws", DeviceSource) => "aws_iot",
        ("gcp", QueueSource or StreamSource or DeviceSource) => "gcp_pubsub",
        ("gcp", _) => "gcp_eventarc",
        ("azure", QueueSource) => "azure_storage_queue",
        ("azure", StreamSource or DeviceSource) => "eventhubs",
        ("azure", TableSource) => "azure_cosmosdb",
        ("azure", _) => "eventgrid",
        _ => "portable",
    };

    /// <summary>The messaging system that something is sent to.</summary>
    public static string SystemOf(string cloud, SendKind kind) => (cloud, kind) switch
    {
        ("aws", SendKind.Queue) => "aws_sqs",
        ("aws", _) => "aws_eventbridge",
        ("gcp", _) => "gcp_pubsub",
        ("azure", SendKind.Queue) => "azure_storage_queue",
        ("azure", _) => "eventgrid",
        _ => "portable",
    };

    /// <summary>A method that HTTP knows, or <c>_OTHER</c>: what callers make up must not become a series of its own.</summary>
    public static string MethodOf(string method) => method is "GET" or "POST" or "PUT" or "DELETE" or "PATCH" or "HEAD" or "OPTIONS" or "CONNECT" or "TRACE" ? method : "_OTHER";
}
