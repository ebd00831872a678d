using Portable.Generator.Emit.Manifest;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Gcp;

/// <summary>
/// What <c>portable.json</c> says of a function in Google Cloud's own words: the Eventarc trigger, Pub/Sub subscription or Cloud Scheduler job to make for it. All of
/// it is stated, because the defaults of whoever makes a trigger differ from one attempt to a day of them (docs/google.md).
/// </summary>
internal static class GooglePlatform
{
    // Ranges of the services' REST references: projects.subscriptions (ackDeadlineSeconds, RetryPolicy, DeadLetterPolicy) and projects.locations.jobs (RetryConfig, attemptDeadline).
    private const int LongestAck = 600;
    private const int LongestBackoff = 600;
    private const int FewestDeliveries = 5;
    private const int MostDeliveries = 100;
    private const int MostRetries = 5;
    private const int LongestJobBackoff = 3600;
    private const int DefaultDoublings = 5;

    public static void Write(ManifestWriter json, FunctionEntry function)
    {
        switch (function.Trigger)
        {
            case QueueTriggerModel queue:
                Subscription(json, function, queue.Queue, ordered: queue.Ordered);
                break;
            case StreamTriggerModel stream:
                Subscription(json, function, stream.Stream, ordered: true);
                break;
            case DeviceTriggerModel device:
                Subscription(json, function, TopicOf(device.Topic), ordered: false);
                break;
            case EventTriggerModel events when events.Type.StartsWith("google.", StringComparison.Ordinal):
                Trigger(json, function, ("type", events.Type, false));
                break;
            case EventTriggerModel events:
                Subscription(json, function, GoogleTopics.Events, ordered: false, filter: $"attributes.\"ce-type\" = \"{events.Type}\"");
                break;
            case StorageTriggerModel storage:
                Trigger(json, function, ("type", "google.cloud.storage.object.v1." + (storage.Change == "Deleted" ? "deleted" : "finalized"), false), ("bucket", storage.Bucket, false));
                break;
            case TableTriggerModel table:
                Trigger(
                    json, function, ("type", "google.cloud.firestore.document.v1.written", false), ("database", "(default)", false), ("document", table.Table + "/{document}", true));
                break;
            case ScheduleTriggerModel schedule:
                Job(json, function, schedule);
                break;
        }
    }

    /// <summary>The name of a topic for a filter of MQTT: everything that is no letter or digit turned into single hyphens.</summary>
    private static string TopicOf(string filter)
    {
        var name = new System.Text.StringBuilder(filter.Length);
        foreach (var c in filter)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[name.Length - 1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().TrimEnd('-');
    }

    private static void Subscription(ManifestWriter json, FunctionEntry function, string topic, bool ordered, string? filter = null)
    {
        json.Open("platform", '{').Text("source", "pubsub").Text("topic", topic);
        if (filter is not null)
        {
            json.Text("filter", filter);
        }

        json.Flag("enableMessageOrdering", ordered);
        Retry(json, function);
        json.Close('}');
    }

    private static void Trigger(ManifestWriter json, FunctionEntry function, params (string Attribute, string Value, bool IsPattern)[] filters)
    {
        json.Open("platform", '{').Text("source", "eventarc").Open("eventFilters", '[');
        foreach (var (attribute, value, isPattern) in filters)
        {
            json.Open(null, '{').Text("attribute", attribute).Text("value", value);
            if (isPattern)
            {
                json.Text("operator", "match-path-pattern");
            }

            json.Close('}');
        }

        json.Close(']');
        Retry(json, function);
        json.Close('}');
    }

    // The subscription, one's own or that of the trigger. Its ack deadline is also the longest that a push may take.
    private static void Retry(ManifestWriter json, FunctionEntry function)
    {
        var retry = function.Retry;
        var first = Within(retry?.IntervalSeconds ?? 10, 0, LongestBackoff);
        json.Number("ackDeadlineSeconds", function.TimeoutSeconds > 0 ? Within(function.TimeoutSeconds, 10, LongestAck) : LongestAck)
            .Number("minimumBackoffSeconds", first, always: true)
            .Number("maximumBackoffSeconds", Within(LongestOf(retry), first, LongestBackoff), always: true)
            .Number("maxDeliveryAttempts", Within(retry?.MaxAttempts ?? FewestDeliveries, FewestDeliveries, MostDeliveries));
    }

    // Our cron is Cloud Scheduler's: five fields of unix-cron, Sunday is 0.
    private static void Job(ManifestWriter json, FunctionEntry function, ScheduleTriggerModel schedule)
    {
        var retry = function.Retry;
        var first = Within(retry?.IntervalSeconds ?? 5, 1, LongestJobBackoff);
        json.Open("platform", '{').Text("source", "scheduler").Text("schedule", schedule.Cron).Text("timeZone", schedule.TimeZone ?? "Etc/UTC")
            .Number("attemptDeadlineSeconds", function.TimeoutSeconds > 0 ? Within(function.TimeoutSeconds, 15, 1800) : 180)
            .Number("retryCount", Within((retry?.MaxAttempts ?? 1) - 1, 0, MostRetries), always: true)
            .Number("minBackoffSeconds", first)
            .Number("maxBackoffSeconds", retry is { MaxIntervalSeconds: > 0 } ? Within(retry.MaxIntervalSeconds, first, LongestJobBackoff) : LongestJobBackoff)
            .Number("maxDoublings", retry is { BackoffRate: <= 1 } ? 0 : DefaultDoublings, always: true)
            .Close('}');
    }

    private static double LongestOf(RetryModel? retry) =>
        retry is null ? LongestBackoff
        : retry.MaxIntervalSeconds > 0 ? retry.MaxIntervalSeconds
        : retry.IntervalSeconds * Math.Pow(retry.BackoffRate, Math.Max(0, retry.MaxAttempts - 2));

    private static int Within(double value, int least, int most) => value <= least ? least : value >= most ? most : (int)value;
}

/// <summary>Names of topics that are left to whoever deploys.</summary>
internal static class GoogleTopics
{
    /// <summary>The topic of the application's bus, as its environment names it.</summary>
    public const string Events = "${PORTABLE_EVENTS_TOPIC}";
}
