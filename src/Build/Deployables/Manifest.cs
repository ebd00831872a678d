using System.Text.Json;

namespace Portable.Build.Deployables;

/// <summary>The parts of <c>portable.json</c> that deployables need; docs/portable.schema.json has all of it.</summary>
internal sealed record Manifest(IReadOnlyList<ManifestFunction> Functions)
{
    public const string FileName = "portable.json";

    public static Manifest Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new BuildException(BuildErrors.Manifest, $"'{path}' is missing: the project has no function and no workflow, or the Portable generator did not run.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new Manifest([.. document.RootElement.GetProperty("functions").EnumerateArray().Select(ReadFunction)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BuildException(BuildErrors.Manifest, $"'{path}' is not a manifest of this version of Portable: {e.Message}");
        }
    }

    private static ManifestFunction ReadFunction(JsonElement function)
    {
        var trigger = function.GetProperty("trigger");
        return new ManifestFunction(
            function.GetProperty("name").GetString()!,
            trigger.GetProperty("type").GetString() switch
            {
                "http" => new HttpTrigger(trigger.GetProperty("method").GetString()!, trigger.GetProperty("route").GetString()!),
                "queue" => new QueueTrigger(trigger.GetProperty("queue").GetString()!, trigger.GetProperty("batchSize").GetInt32()),
                "schedule" => new ScheduleTrigger(trigger.GetProperty("cron").GetString()!, Text(trigger, "timeZone")),
                "stream" => new StreamTrigger(trigger.GetProperty("stream").GetString()!, trigger.GetProperty("batchSize").GetInt32(), Flag(trigger, "fromStart")),
                "storage" => new StorageTrigger(trigger.GetProperty("bucket").GetString()!, trigger.GetProperty("on").GetString()!, Text(trigger, "prefix") ?? "", Text(trigger, "suffix") ?? ""),
                "event" => new EventTrigger(trigger.GetProperty("event").GetString()!, trigger.GetProperty("eventVersion").GetInt32()),
                "table" => new TableTrigger(trigger.GetProperty("table").GetString()!, trigger.GetProperty("batchSize").GetInt32(), Flag(trigger, "fromStart")),
                "device" => new DeviceTrigger(trigger.GetProperty("topic").GetString()!),
                "steps" => new StepsTrigger(trigger.GetProperty("workflow").GetString()!),
                var other => throw new FormatException($"The trigger type '{other}' is unknown."),
            },
            function.TryGetProperty("timeoutSeconds", out var timeout) ? timeout.GetInt32() : 0,
            function.TryGetProperty("retry", out var retry) ? ReadRetry(retry) : null);
    }

    private static ManifestRetry ReadRetry(JsonElement retry) => new(
        retry.GetProperty("maxAttempts").GetInt32(),
        retry.TryGetProperty("intervalSeconds", out var interval) ? interval.GetInt32() : 1,
        retry.TryGetProperty("backoffRate", out var rate) ? rate.GetDouble() : 2,
        retry.TryGetProperty("maxIntervalSeconds", out var longest) ? longest.GetInt32() : 0);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.GetBoolean();
}

/// <summary>A function of the manifest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="TimeoutSeconds">How long an invocation may take; 0 when not stated.</param>
/// <param name="Retry">How often a message is delivered; <see langword="null"/> when not stated.</param>
internal sealed record ManifestFunction(string Name, ManifestTrigger Trigger, int TimeoutSeconds, ManifestRetry? Retry);

/// <summary>A retry policy of the manifest.</summary>
/// <param name="MaxAttempts">All deliveries, the first one included.</param>
/// <param name="IntervalSeconds">The first wait.</param>
/// <param name="BackoffRate">What each further wait is multiplied with.</param>
/// <param name="MaxIntervalSeconds">The longest wait; 0 for no limit.</param>
internal sealed record ManifestRetry(int MaxAttempts, int IntervalSeconds, double BackoffRate, int MaxIntervalSeconds);

internal abstract record ManifestTrigger;

internal sealed record HttpTrigger(string Method, string Route) : ManifestTrigger;

internal sealed record QueueTrigger(string Queue, int BatchSize) : ManifestTrigger;

internal sealed record ScheduleTrigger(string Cron, string? TimeZone) : ManifestTrigger;

internal sealed record StreamTrigger(string Stream, int BatchSize, bool FromStart) : ManifestTrigger;

internal sealed record StorageTrigger(string Bucket, string On, string Prefix, string Suffix) : ManifestTrigger;

internal sealed record EventTrigger(string Type, int Version) : ManifestTrigger;

internal sealed record TableTrigger(string Table, int BatchSize, bool FromStart) : ManifestTrigger;

internal sealed record DeviceTrigger(string Topic) : ManifestTrigger;

internal sealed record StepsTrigger(string Workflow) : ManifestTrigger;
