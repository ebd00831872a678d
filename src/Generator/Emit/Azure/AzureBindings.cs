using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Azure;

/// <summary>What starts a function on Azure, once as the vendor's attribute and once as the host's metadata; the table of triggers.</summary>
/// <param name="Attribute">The vendor's attribute with its arguments, without namespace and suffix.</param>
/// <param name="Parameter">The parameter that carries it: its type and name. The worker binds by the name.</param>
/// <param name="Name">The parameter's name alone.</param>
/// <param name="Raw">The bindings in the form that the vendor's own generator writes.</param>
/// <param name="Retries">Whether the host repeats a failed invocation by a policy of the function's own.</param>
internal sealed record AzureBinding(string Attribute, string Parameter, string Name, IReadOnlyList<string> Raw, bool Retries = false);

/// <summary>The binding of each trigger.</summary>
internal static class AzureBindings
{
    private const string Worker = "global::Microsoft.Azure.Functions.Worker.";

    // Names of app settings: a connection string, or with a suffix such as __fullyQualifiedNamespace the address to use an identity with. docs/azure.md lists them.
    private const string Storage = "AzureWebJobsStorage";
    private const string EventHubs = "EventHubs";
    private const string IoTHub = "IoTHub";
    private const string Cosmos = "CosmosDB";
    private const string CosmosDatabase = "%PORTABLE_COSMOS_DATABASE%";
    private const string Leases = "leases";

    public static AzureBinding Of(string function, TriggerModel trigger) => trigger switch
    {
        HttpTriggerModel http => Http(http),
        ScheduleTriggerModel schedule => new(
            $"TimerTrigger({CodeFile.Text(Schedule(schedule))})",
            Worker + "TimerInfo timer",
            "timer",
            [$"{{\"name\":\"timer\",\"type\":\"timerTrigger\",\"direction\":\"In\",\"schedule\":{JsonText.Quote(Schedule(schedule))}}}"],
            Retries: true),
        QueueTriggerModel queue => new(
            $"QueueTrigger({CodeFile.Text(queue.Queue)}, Connection = \"{Storage}\")",
            "string message",
            "message",
            [$"{{\"name\":\"message\",\"type\":\"queueTrigger\",\"direction\":\"In\",\"queueName\":{JsonText.Quote(queue.Queue)},\"connection\":\"{Storage}\",\"dataType\":\"String\"}}"]),
        StreamTriggerModel stream => EventHub(function, stream.Stream, EventHubs),
        DeviceTriggerModel device => EventHub(function, Hyphenated(device.Topic), IoTHub),
        TableTriggerModel table => Table(function, table),
        _ => new( // storage and events: both come through Event Grid
            "EventGridTrigger",
            "string message",
            "message",
            ["{\"name\":\"message\",\"type\":\"eventGridTrigger\",\"direction\":\"In\",\"cardinality\":\"One\",\"dataType\":\"String\"}"]),
    };

    /// <summary>A topic filter as the name of a hub: what is no letter or digit becomes single hyphens.</summary>
    public static string Hyphenated(string topic)
    {
        var characters = new List<char>(topic.Length);
        foreach (var c in topic)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                characters.Add(c);
            }
            else if (characters.Count > 0 && characters[characters.Count - 1] != '-')
            {
                characters.Add('-');
            }
        }

        return new string([.. characters]).TrimEnd('-');
    }

    /// <summary>The NCRONTAB expression of a schedule: seconds come first.</summary>
    private static string Schedule(ScheduleTriggerModel schedule) => "0 " + schedule.Cron;

    private static AzureBinding Http(HttpTriggerModel http)
    {
        var route = http.Route.TrimStart('/'); // as the host wants it
        var verb = http.Method.ToLowerInvariant();
        var methods = http.Method == "*" ? "" : $"\"methods\":[\"{verb}\"],";
        return new(
            $"HttpTrigger({Worker}AuthorizationLevel.Anonymous{(http.Method == "*" ? "" : $", {CodeFile.Text(verb)}")}, Route = {CodeFile.Text(route)})",
            Worker + "Http.HttpRequestData req",
            "req",
            [
                $"{{\"name\":\"req\",\"type\":\"httpTrigger\",\"direction\":\"In\",\"authLevel\":\"Anonymous\",{methods}\"route\":{JsonText.Quote(route)}}}",
                "{\"name\":\"$return\",\"type\":\"http\",\"direction\":\"Out\"}",
            ]);
    }

    // A consumer group of its own, since functions that share one share the records too, which no other cloud does.
    private static AzureBinding EventHub(string function, string hub, string connection) => new(
        $"EventHubTrigger({CodeFile.Text(hub)}, Connection = \"{connection}\", ConsumerGroup = {CodeFile.Text(function)})",
        "string[] messages",
        "messages",
        [$"{{\"name\":\"messages\",\"type\":\"eventHubTrigger\",\"direction\":\"In\",\"eventHubName\":{JsonText.Quote(hub)},\"connection\":\"{connection}\",\"consumerGroup\":{JsonText.Quote(function)},\"cardinality\":\"Many\",\"dataType\":\"String\"}}"],
        Retries: true);

    // Leases of its own within one container, for the same reason.
    private static AzureBinding Table(string function, TableTriggerModel table)
    {
        var prefix = function + "-";
        return new(
            $"CosmosDBTrigger(\"{CosmosDatabase}\", {CodeFile.Text(table.Table)}, Connection = \"{Cosmos}\", LeaseContainerName = \"{Leases}\", CreateLeaseContainerIfNotExists = true, LeaseContainerPrefix = {CodeFile.Text(prefix)}, MaxItemsPerInvocation = {table.BatchSize}, StartFromBeginning = {(table.FromStart ? "true" : "false")})",
            "string message",
            "message",
            [$"{{\"name\":\"message\",\"type\":\"cosmosDBTrigger\",\"direction\":\"In\",\"databaseName\":\"{CosmosDatabase}\",\"containerName\":{JsonText.Quote(table.Table)},\"connection\":\"{Cosmos}\",\"leaseContainerName\":\"{Leases}\",\"createLeaseContainerIfNotExists\":true,\"leaseContainerPrefix\":{JsonText.Quote(prefix)},\"maxItemsPerInvocation\":{table.BatchSize},\"startFromBeginning\":{(table.FromStart ? "true" : "false")},\"dataType\":\"String\"}}"],
            Retries: true);
    }
}
