using Portable.Generator.Emit.Manifest;
using Portable.Generator.Limits;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Aws;

/// <summary>
/// What starts a function on AWS, in the words of its own tools: the settings of an event source mapping, a rule, a notification. The manifest carries them, so that deployables are
/// written from one place.
/// </summary>
internal static class AwsDelivery
{
    private const string Partial = "ReportBatchItemFailures";
    private const int WindowlessBatch = 10; // a larger batch of a standard queue needs a window of a second
    private const int AsynchronousRetries = 2; // the most that Lambda tries again by itself

    public static void Write(ManifestWriter json, FunctionEntry function)
    {
        if (function.Trigger is HttpTriggerModel)
        {
            return;
        }

        json.Open("delivery", '{');
        switch (function.Trigger)
        {
            case QueueTriggerModel queue:
                Queue(json, function, queue);
                break;
            case StreamTriggerModel stream:
                Stream(json, function, "kinesis", "stream", stream.BatchSize, stream.FromStart);
                break;
            case TableTriggerModel table:
                Stream(json, function, "dynamodb", "table", table.BatchSize, table.FromStart);
                json.Text("streamViewType", "NEW_AND_OLD_IMAGES");
                break;
            case StorageTriggerModel storage:
                json.Text("by", "s3").Texts("events", [storage.Change == "Deleted" ? "s3:ObjectRemoved:*" : "s3:ObjectCreated:*"]);
                Pattern(json, ["aws.s3"], [(storage.Change == "Deleted" ? "Object Deleted" : "Object Created", false)]);
                Retries(json, function);
                break;
            case ScheduleTriggerModel schedule:
                json.Text("by", "scheduler").Text("scheduleExpression", AwsCron.Expression(schedule.Cron)).Text("scheduleExpressionTimezone", schedule.TimeZone ?? "UTC");
                Retries(json, function);
                break;
            case EventTriggerModel events:
                json.Text("by", "eventbridge");
                Pattern(json, [], Types(events));
                Retries(json, function);
                break;
            case DeviceTriggerModel device:
                json.Text("by", "iot").Text("sql", $"SELECT *, clientid() AS deviceId, topic() AS topic, timestamp() AS timestamp FROM '{device.Topic.Replace("'", "''")}'");
                Retries(json, function);
                break;
        }

        json.Close('}');
    }

    // PORT403 says what is asked for in vain.
    private static int Batch(int wanted, string trigger) =>
        CloudLimits.Find("aws", LimitKind.BatchSize, trigger) is { } most ? (int)Math.Min(wanted, most.Value) : wanted;

    private static void Queue(ManifestWriter json, FunctionEntry function, QueueTriggerModel queue)
    {
        var batch = Batch(queue.BatchSize, queue.Ordered ? "fifo" : "queue");
        json.Text("by", "sqs").Flag("fifo", queue.Ordered).Number("batchSize", batch)
            .Number("maximumBatchingWindowInSeconds", batch > WindowlessBatch ? 1 : 0)
            .Texts("functionResponseTypes", [Partial])
            .Number("visibilityTimeout", 6 * function.TimeoutSeconds) // as the Lambda developer guide recommends
            .Number("maxReceiveCount", function.Retry?.MaxAttempts ?? 0);
    }

    private static void Stream(ManifestWriter json, FunctionEntry function, string source, string trigger, int batchSize, bool fromStart) => json
        .Text("by", source).Number("batchSize", Batch(batchSize, trigger))
        .Text("startingPosition", fromStart ? "TRIM_HORIZON" : "LATEST")
        .Texts("functionResponseTypes", [Partial])
        .Flag("bisectBatchOnFunctionError", true)
        .Number("maximumRetryAttempts", Math.Max(0, (function.Retry?.MaxAttempts ?? 1) - 1), always: true);

    private static void Retries(ManifestWriter json, FunctionEntry function) =>
        json.Number("maximumRetryAttempts", Math.Min(AsynchronousRetries, Math.Max(0, (function.Retry?.MaxAttempts ?? 1) - 1)), always: true);

    /// <summary>The detail types that a rule lets through; a prefix where the function is to hear of versions that it does not know.</summary>
    private static IReadOnlyList<(string Text, bool IsPrefix)> Types(EventTriggerModel events) => events.UnknownVersions switch
    {
        "Skip" => [(events.Version > 1 ? $"{events.Type}.v{events.Version}" : events.Type, false)],
        _ => [(events.Type, false), (events.Type + ".v", true)],
    };

    private static void Pattern(ManifestWriter json, IReadOnlyList<string> sources, IReadOnlyList<(string Text, bool IsPrefix)> types)
    {
        json.Open("eventPattern", '{');
        if (sources.Count > 0)
        {
            json.Texts("source", sources);
        }

        json.Open("detail-type", '[');
        foreach (var (text, isPrefix) in types)
        {
            if (isPrefix)
            {
                json.Open(null, '{').Text("prefix", text).Close('}');
            }
            else
            {
                json.Value(text);
            }
        }

        json.Close(']').Close('}');
    }
}
