using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.Handlers;

/// <summary>The APIs that are known to leave the process. A new one is a row here.</summary>
internal static class ExternalApis
{
    private static readonly Effect Read = new(ExternalCallKind.Read, Again: true);
    private static readonly Effect Write = new(ExternalCallKind.SdkWrite, Again: true);
    private static readonly Effect WriteOnce = new(ExternalCallKind.SdkWrite, Again: false);
    private static readonly Effect Data = new(ExternalCallKind.DatabaseWrite, Again: true);
    private static readonly Effect DataOnce = new(ExternalCallKind.DatabaseWrite, Again: false);
    private static readonly Effect Post = new(ExternalCallKind.HttpPost, Again: false);
    private static readonly Effect Put = new(ExternalCallKind.HttpPut, Again: true);
    private static readonly Effect Send = new(ExternalCallKind.Send, Again: false);

    /// <summary><c>HttpClient</c> and its extensions for JSON.</summary>
    public static ExternalApi Http { get; } = new(
        (["Post", "Patch"], Post),
        (["Put", "Delete"], Put),
        (["Get"], Read)) { CountsBlocking = true };

    /// <summary><c>WebClient</c>.</summary>
    public static ExternalApi Web { get; } = new(
        (["UploadString", "UploadData", "UploadValues", "UploadFile", "UploadStringTask", "UploadDataTask", "UploadValuesTask", "UploadFileTask"], Post),
        (["DownloadString", "DownloadData", "DownloadFile", "DownloadStringTask", "DownloadDataTask", "DownloadFileTask"], Read)) { CountsBlocking = true };

    /// <summary>Mail.</summary>
    public static ExternalApi Mail { get; } = new((["Send", "SendMail", "SendEmail", "SendMessage"], Send)) { CountsBlocking = true };

    /// <summary>The commands of ADO.NET; what they do is in their text, which <see cref="Sql"/> reads.</summary>
    public static ExternalApi Command { get; } = new((["ExecuteNonQuery"], Data), (["ExecuteScalar", "ExecuteReader", "ExecuteXmlReader", "ExecuteDbDataReader"], Read)) { CountsBlocking = true };

    /// <summary>Dapper, where the text of the statement is not known.</summary>
    public static ExternalApi Dapper { get; } = new((["ExecuteScalar", "ExecuteReader"], Read), (["Execute"], Data), (["Query", "QueryFirst", "QuerySingle", "QueryFirstOrDefault", "QuerySingleOrDefault", "QueryMultiple", "QueryUnbuffered"], Read)) { CountsBlocking = true };

    private static ExternalApi EntityFramework { get; } = new(
        (["SaveChanges", "ExecuteSql", "ExecuteSqlRaw", "ExecuteSqlInterpolated", "ExecuteUpdate", "ExecuteDelete"], Data),
        (["ToList", "ToArray", "ToDictionary", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Any", "All", "Count", "LongCount", "Find", "Load", "Sum", "Min", "Max", "Average", "Last", "LastOrDefault"], Read)) { CountsBlocking = true };

    private static ExternalApi Redis { get; } = new(
        (["StringIncrement", "StringDecrement", "HashIncrement", "HashDecrement", "SortedSetIncrement", "SortedSetDecrement", "StringAppend", "ListLeftPush", "ListRightPush", "ListLeftPop", "ListRightPop", "SetPop", "SortedSetPop", "StreamAdd"], DataOnce),
        (["Publish"], Send),
        (["StringGetSet", "StringSet", "HashSet", "HashDelete", "KeyDelete", "KeyExpire", "KeyPersist", "KeyRename", "SetAdd", "SetRemove", "SortedSetAdd", "SortedSetRemove", "LockTake", "LockRelease", "LockExtend", "StreamAcknowledge"], Data),
        (["StringGet", "StringLength", "HashGet", "HashGetAll", "HashExists", "HashKeys", "HashValues", "HashLength", "KeyExists", "KeyTimeToLive", "ListRange", "ListLength", "ListGetByIndex", "SetMembers", "SetContains", "SetLength", "SortedSetRangeByRank", "SortedSetRangeByScore", "SortedSetScore", "SortedSetRank", "SortedSetLength", "StreamRead", "StreamReadGroup", "StreamRange", "Ping"], Read)) { CountsBlocking = true };

    private static ExternalApi Mongo { get; } = new(
        (["InsertOne", "InsertMany"], DataOnce),
        (["UpdateOne", "UpdateMany", "ReplaceOne", "DeleteOne", "DeleteMany", "BulkWrite", "FindOneAndUpdate", "FindOneAndReplace", "FindOneAndDelete"], Data),
        (["Find", "FindSync", "Aggregate", "Count", "CountDocuments", "EstimatedDocumentCount", "Distinct", "ToList", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Any", "MoveNext"], Read));

    private static ExternalApi Brokers { get; } = new((["Send", "Publish", "BasicPublish", "Produce", "Reply", "Defer", "ScheduleSend", "SchedulePublish"], Send)) { CountsBlocking = true };

    private static ExternalApi Cache { get; } = new((["Set", "Remove", "Refresh"], Data), (["Get"], Read)) { CountsBlocking = true };

    private static ExternalApi FluentHttp { get; } = new(
        (["Post", "Patch", "ExecutePost", "ExecutePatch"], Post),
        (["Put", "Delete", "ExecutePut", "ExecuteDelete"], Put),
        (["Get", "ExecuteGet", "Execute", "Head", "Download"], Read));

    // "Execute" may ask as well as write (PartiQL, queries of BigQuery): where the name leaves it open, it is taken for a question.
    private static ExternalApi Sdk { get; } = new(
        (["SendMessage", "SendMessages", "SendMessageBatch", "Send", "SendEmail", "SendTemplatedEmail", "SendBulkEmail", "SendCommand", "Publish", "PublishBatch", "PublishMessage", "PutRecord", "PutRecords", "PutRecordBatch", "PutEvents", "ScheduleMessage", "ScheduleMessages", "Enqueue"], Send),
        (["CreateIfNotExists", "CreateOrUpdate", "CreateOrReplace", "CreateSession", "CreateReceiver", "RunTransaction", "StartProcessing", "StartTransaction", "CreateTable", "CreateTopic", "CreateQueue", "CreateBucket", "CreateDatabase", "CreateContainer", "AddTags", "AddPermission"], Write),
        (["Post", "Create", "Insert", "Add", "Append", "Invoke", "Start", "Increment", "RunTask", "RunJob", "SubmitJob", "Submit", "Confirm", "Capture", "Charge", "Refund", "Pay", "Transfer"], WriteOnce),
        (["Put", "Patch", "Update", "Delete", "Remove", "Upsert", "Set", "Replace", "Upload", "Copy", "Move", "Rename", "Save", "Write", "BatchWrite", "TransactWrite", "Transact", "Commit", "Merge", "Raise", "Complete", "Abandon", "Cancel", "Close", "Stop", "Acknowledge", "DeadLetter", "Renew", "Change", "Tag", "Untag", "Enable", "Disable"], Write),
        (["Get", "List", "Describe", "Query", "Scan", "Head", "Read", "Receive", "Exists", "Download", "Peek", "Fetch", "Find", "Search", "Lookup", "Select", "Check", "BatchGet", "TransactGet", "BatchExecute", "Execute", "Analyze", "Detect", "Predict", "Translate", "Verify", "Generate", "Open"], Read));

    private static ExternalApi None { get; } = new();

    // After the APIs that it names: initializers run in the order of the text.
    private static readonly (string Top, string Space, ExternalApi Api)[] Others =
    [
        ("Microsoft", "Microsoft.EntityFrameworkCore", EntityFramework),
        ("Microsoft", "Microsoft.Extensions.Caching.Distributed", Cache),
        ("Microsoft", "Microsoft.Azure.Cosmos", Sdk),
        ("Microsoft", "Microsoft.Azure.ServiceBus", Sdk),
        ("Microsoft", "Microsoft.Azure.EventHubs", Sdk),
        ("Microsoft", "Microsoft.Azure.Devices", Sdk),
        ("Microsoft", "Microsoft.Graph", Sdk),
        ("StackExchange", "StackExchange.Redis", Redis),
        ("MongoDB", "MongoDB.Driver", Mongo),
        ("MailKit", "MailKit", Mail),
        ("Confluent", "Confluent.Kafka", Brokers),
        ("RabbitMQ", "RabbitMQ.Client", Brokers),
        ("MassTransit", "MassTransit", Brokers),
        ("NServiceBus", "NServiceBus", Brokers),
        ("Rebus", "Rebus", Brokers),
        ("Wolverine", "Wolverine", Brokers),
        ("Flurl", "Flurl.Http", FluentHttp),
        ("RestSharp", "RestSharp", FluentHttp),
        ("SendGrid", "SendGrid", Mail),
        ("Stripe", "Stripe", Sdk),
        ("Twilio", "Twilio", Sdk),

        // What looks like a write in these stays in the process or only tells telemetry; before the rows that would take them in.
        ("Amazon", "Amazon.Lambda.Core", None),
        ("Amazon", "Amazon.Lambda.RuntimeSupport", None),
        ("Amazon", "Amazon.XRay", None),
        ("Amazon", "Amazon.Runtime", None),
        ("Amazon", "Amazon.Util", None),
        ("Amazon", "Amazon", Sdk),
        ("Azure", "Azure.Core", None),
        ("Azure", "Azure.Identity", None),
        ("Azure", "Azure.Monitor", None),
        ("Azure", "Azure", Sdk),
        ("Google", "Google.Cloud.Functions", None),
        ("Google", "Google.Cloud.Diagnostics", None),
        ("Google", "Google.Cloud.Logging", None),
        ("Google", "Google.Cloud", Sdk),
        ("Google", "Google.Apis", Sdk),
    ];

    /// <summary>The API of a namespace, or <see langword="null"/>.</summary>
    /// <param name="top">The outermost namespace.</param>
    /// <param name="space">The namespace.</param>
    public static ExternalApi? Of(string top, INamespaceSymbol space)
    {
        string? text = null;
        foreach (var (outer, name, api) in Others)
        {
            if (outer == top)
            {
                text ??= space.ToDisplayString();
                if (text.StartsWith(name, StringComparison.Ordinal) && (text.Length == name.Length || text[name.Length] == '.'))
                {
                    return api;
                }
            }
        }

        return null;
    }
}
