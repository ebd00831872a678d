using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Emit.Azure;

/// <summary>The bindings of a function as the Functions host reads them, in the form that the vendor's own generator writes.</summary>
internal static class AzureBindings
{
    public const string QueueConnection = "AzureWebJobsStorage";

    /// <summary>The NCRONTAB expression of a schedule: seconds come first.</summary>
    public static string Schedule(ScheduleTriggerModel schedule) => "0 " + schedule.Cron;

    /// <summary>The route without its leading slash, as the host wants it.</summary>
    public static string Route(HttpTriggerModel http) => http.Route.TrimStart('/');

    public static IEnumerable<string> Raw(TriggerModel trigger)
    {
        switch (trigger)
        {
            case HttpTriggerModel http:
                var methods = http.Method == "*" ? "" : $"\"methods\":[\"{http.Method.ToLowerInvariant()}\"],";
                yield return $"{{\"name\":\"req\",\"type\":\"httpTrigger\",\"direction\":\"In\",\"authLevel\":\"Anonymous\",{methods}\"route\":{JsonText.Quote(Route(http))}}}";
                yield return "{\"name\":\"$return\",\"type\":\"http\",\"direction\":\"Out\"}";
                break;
            case QueueTriggerModel queue:
                yield return $"{{\"name\":\"message\",\"type\":\"queueTrigger\",\"direction\":\"In\",\"queueName\":{JsonText.Quote(queue.Queue)},\"connection\":\"{QueueConnection}\",\"dataType\":\"String\"}}";
                break;
            case ScheduleTriggerModel schedule:
                yield return $"{{\"name\":\"timer\",\"type\":\"timerTrigger\",\"direction\":\"In\",\"schedule\":{JsonText.Quote(Schedule(schedule))}}}";
                break;
        }
    }
}
