using System.Globalization;
using System.Text.Json;

namespace Portable.Build.Deployables;

/// <summary>
/// The <c>function.json</c> of a custom handler: the bindings of each trigger, and how the host repeats a failed invocation where it has a policy for that.
/// The names of connections are the application settings that docs/azure.md lists, the same as those of the isolated worker.
/// </summary>
internal static class AzureFunctionJson
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public static void Write(Utf8JsonWriter json, ManifestFunction function)
    {
        json.WriteStartArray("bindings");
        WriteBindings(json, function);
        json.WriteEndArray();

        // Timers, Event Hubs and Cosmos DB alone take a policy (documentation: "Azure Functions error handling and retries").
        if (function is { Retry: { MaxAttempts: > 1 } retry, Trigger: ScheduleTrigger or StreamTrigger or DeviceTrigger or TableTrigger })
        {
            WriteRetry(json, retry);
        }
    }

    private static void WriteBindings(Utf8JsonWriter json, ManifestFunction function)
    {
        switch (function.Trigger)
        {
            case HttpTrigger http:
                WriteHttp(json, http);
                break;
            case QueueTrigger queue:
                Start(json, "message", "queueTrigger", "in");
                json.WriteString("queueName", queue.Queue);
                json.WriteString("connection", "AzureWebJobsStorage");
                json.WriteEndObject();
                break;
            case ScheduleTrigger schedule:
                Start(json, "timer", "timerTrigger", "in");
                json.WriteString("schedule", "0 " + schedule.Cron); // six fields, seconds first
                json.WriteEndObject();
                break;
            case StreamTrigger stream:
                WriteEventHub(json, function.Name, stream.Stream, "EventHubs");
                break;
            case DeviceTrigger device:
                WriteEventHub(json, function.Name, Hyphenated(device.Topic), "IoTHub");
                break;
            case TableTrigger table:
                WriteCosmos(json, function.Name, table);
                break;
            case StorageTrigger or EventTrigger:
                Start(json, "message", "eventGridTrigger", "in");
                json.WriteString("dataType", "string");
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteHttp(Utf8JsonWriter json, HttpTrigger http)
    {
        Start(json, "req", "httpTrigger", "in");
        json.WriteString("authLevel", "anonymous");
        if (http.Method != "*")
        {
            json.WriteStartArray("methods");
            json.WriteStringValue(http.Method.ToLowerInvariant());
            json.WriteEndArray();
        }

        json.WriteString("route", http.Route.TrimStart('/'));
        json.WriteEndObject();
        Start(json, "res", "http", "out");
        json.WriteEndObject();
    }

    // A consumer group of its own: functions that share one would share the records.
    private static void WriteEventHub(Utf8JsonWriter json, string function, string hub, string connection)
    {
        Start(json, "messages", "eventHubTrigger", "in");
        json.WriteString("eventHubName", hub);
        json.WriteString("connection", connection);
        json.WriteString("consumerGroup", function);
        json.WriteString("cardinality", "many");
        json.WriteString("dataType", "string");
        json.WriteEndObject();
    }

    private static void WriteCosmos(Utf8JsonWriter json, string function, TableTrigger table)
    {
        Start(json, "message", "cosmosDBTrigger", "in");
        json.WriteString("databaseName", "%PORTABLE_COSMOS_DATABASE%");
        json.WriteString("containerName", table.Table);
        json.WriteString("connection", "CosmosDB");
        json.WriteString("leaseContainerName", "leases");
        json.WriteBoolean("createLeaseContainerIfNotExists", true);
        json.WriteString("leaseContainerPrefix", function + "-");
        json.WriteNumber("maxItemsPerInvocation", table.BatchSize);
        json.WriteBoolean("startFromBeginning", table.FromStart);
        json.WriteString("dataType", "string");
        json.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter json, ManifestRetry retry)
    {
        var first = TimeSpan.FromSeconds(retry.IntervalSeconds);
        var longest = retry.MaxIntervalSeconds > 0 ? TimeSpan.FromSeconds(retry.MaxIntervalSeconds) : LongestWait;
        var grows = retry.BackoffRate > 1 && longest > first;
        json.WriteStartObject("retry");
        json.WriteString("strategy", grows ? "exponentialBackoff" : "fixedDelay");
        json.WriteNumber("maxRetryCount", retry.MaxAttempts - 1);
        if (grows)
        {
            json.WriteString("minimumInterval", Text(first));
            json.WriteString("maximumInterval", Text(longest));
        }
        else
        {
            json.WriteString("delayInterval", Text(first));
        }

        json.WriteEndObject();
    }

    /// <summary>A topic filter as the name of a hub, as <c>DeviceTriggerAttribute</c> says: what is no letter or digit becomes single hyphens.</summary>
    private static string Hyphenated(string topic) =>
        string.Join('-', new string([.. topic.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries));

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    private static void Start(Utf8JsonWriter json, string name, string type, string direction)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteString("direction", direction);
    }
}
