using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery;

/// <summary>Reads the one trigger of a function. A new trigger is a line in <see cref="Readers"/> and a method.</summary>
internal static class TriggerParser
{
    public const string QueueNameAdvice = "use 3 to 63 lower-case letters, digits and single hyphens, a letter first";

    private delegate TriggerModel? Reader(TriggerReading reading);

    private static readonly Dictionary<string, Reader> Readers = new(StringComparer.Ordinal)
    {
        ["HttpTriggerAttribute"] = Http,
        ["QueueTriggerAttribute"] = Queue,
        ["StreamTriggerAttribute"] = Stream,
        ["StorageTriggerAttribute"] = Storage,
        ["ScheduleTriggerAttribute"] = Schedule,
        ["EventTriggerAttribute"] = EventTriggers.Read,
        ["TableTriggerAttribute"] = Table,
        ["DeviceTriggerAttribute"] = Device,
    };

    /// <summary>The names of the attributes, in the namespace <c>Portable</c>.</summary>
    public static IEnumerable<string> Attributes => Readers.Keys;

    public static TriggerModel? Parse(IMethodSymbol method, ImmutableArray<Finding>.Builder findings, out ImmutableArray<string> routeParameters, CancellationToken cancellationToken)
    {
        routeParameters = ImmutableArray<string>.Empty;
        TriggerModel? trigger = null;
        var count = 0;
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !Readers.TryGetValue(type.Name, out var reader) || !PortableTypes.IsPortable(type, type.Name))
            {
                continue;
            }

            count++;
            var reading = new TriggerReading(method, attribute, findings, cancellationToken);
            trigger = reader(reading);
            routeParameters = reading.RouteParameters;
        }

        if (count == 1)
        {
            return trigger;
        }

        findings.Add(Findings.Of(
            RuleIdentifiers.ExactlyOneTrigger,
            Readings.LocationOf(method),
            method.Name,
            count == 0
                ? "has no trigger: add [HttpTrigger], [QueueTrigger], [StreamTrigger], [StorageTrigger], [ScheduleTrigger], [EventTrigger], [TableTrigger] or [DeviceTrigger]"
                : "has several triggers: give each a method of its own, and let them call the same code"));
        return null;
    }

    /// <summary>Azure storage queues are the strictest: 3 to 63 lower-case letters, digits and single hyphens.</summary>
    public static bool IsQueueName(string name) => name.Length >= 3 && Readings.IsCloudName(name, 63) && !name.Contains("--");

    private static HttpTriggerModel? Http(TriggerReading reading)
    {
        if (reading.Texts is not [{ } verb, { } route])
        {
            return null; // the compiler says it
        }

        if (RouteTemplate.Problem(route, out var routeParameters) is { } problem)
        {
            reading.Report(RuleIdentifiers.MalformedRoute, problem);
            return null;
        }

        reading.RouteParameters = routeParameters;
        verb = verb.ToUpperInvariant();
        if (verb is not ("*" or "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS"))
        {
            reading.Refuse($"has the HTTP method '{verb}': use GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, or * for all");
            return null;
        }

        return new HttpTriggerModel(verb, "/" + route.Trim('/'));
    }

    private static QueueTriggerModel? Queue(TriggerReading reading)
    {
        if (reading.Texts is not [{ } queue])
        {
            return null;
        }

        if (!IsQueueName(queue))
        {
            reading.Refuse($"reads the queue '{queue}', a name that not every cloud accepts: {QueueNameAdvice}");
            return null;
        }

        return reading.BatchSize(10) is { } size ? new QueueTriggerModel(queue, size, reading.Flag("Ordered")) : null;
    }

    private static StreamTriggerModel? Stream(TriggerReading reading)
    {
        if (reading.Texts is not [{ } stream])
        {
            return null;
        }

        // Event hubs: 1 to 50 characters with the namespace's own limits; Pub/Sub topics: 3 and more, a letter first.
        if (stream.Length is < 3 or > 50 || !Readings.IsCloudName(stream, 50))
        {
            reading.Refuse($"reads the stream '{stream}', a name that not every cloud accepts: use 3 to 50 lower-case letters, digits and hyphens, a letter first");
            return null;
        }

        return reading.BatchSize(100) is { } size ? new StreamTriggerModel(stream, size, reading.Flag("FromStart")) : null;
    }

    private static StorageTriggerModel? Storage(TriggerReading reading)
    {
        if (reading.Texts is not [{ } bucket])
        {
            return null;
        }

        if (!IsQueueName(bucket))
        {
            reading.Refuse($"watches the bucket '{bucket}', a name that not every cloud accepts: {QueueNameAdvice}");
            return null;
        }

        return new StorageTriggerModel(bucket, reading.Member("On", "Created", "Deleted"), reading.Text("Prefix") ?? "", reading.Text("Suffix") ?? "");
    }

    private static ScheduleTriggerModel? Schedule(TriggerReading reading)
    {
        if (reading.Texts is not [{ } cron])
        {
            return null;
        }

        if (CronExpression.Problem(cron) is { } problem)
        {
            reading.Report(RuleIdentifiers.MalformedCron, problem);
            return null;
        }

        var zone = reading.Text("TimeZone");
        if (zone is not null && !IsTimeZone(zone))
        {
            reading.Refuse($"has the time zone '{zone}', which is no IANA name: write Area/City, such as Europe/Berlin, or UTC");
            return null;
        }

        return new ScheduleTriggerModel(string.Join(" ", cron.Split([' '], StringSplitOptions.RemoveEmptyEntries)), zone is "UTC" or "Etc/UTC" ? null : zone);
    }

    private static TableTriggerModel? Table(TriggerReading reading)
    {
        if (reading.Texts is not [{ } table])
        {
            return null;
        }

        if (table.Length is < 3 or > 100 || table.Any(static c => c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')))
        {
            reading.Refuse($"watches the table '{table}', a name that not every cloud accepts: use 3 to 100 letters, digits, hyphens and underscores");
            return null;
        }

        return reading.BatchSize(100) is { } size ? new TableTriggerModel(table, size, reading.Flag("FromStart")) : null;
    }

    private static DeviceTriggerModel? Device(TriggerReading reading)
    {
        if (reading.Texts is not [{ } topic])
        {
            return null;
        }

        var levels = topic.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            var isLast = i == levels.Length - 1;
            if (levels[i].Length == 0 || (levels[i].Length > 1 && levels[i].IndexOfAny(['+', '#']) >= 0) || (levels[i] == "#" && !isLast) || levels[i].Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)))
            {
                reading.Refuse($"has the topic '{topic}', which is no MQTT topic filter: write levels with slashes in between, + for any one level, # as the last for all the rest");
                return null;
            }
        }

        if (topic.Length > 256 || !topic.Any(static c => char.IsLetterOrDigit(c)))
        {
            reading.Refuse($"has the topic '{topic}': name at least one level, in at most 256 characters");
            return null;
        }

        return new DeviceTriggerModel(topic);
    }

    // Whether the zone exists is for the build's machine and every cloud to know; that it has the form of a name can be seen here.
    private static bool IsTimeZone(string zone) =>
        zone == "UTC" || (zone.IndexOf('/') is > 0 and var slash && slash < zone.Length - 1 && zone.All(static c => c is ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '_' or '-' or '+')));
}
