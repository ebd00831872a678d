using Portable.Generator.Model;

namespace Portable.Generator.Emit.Manifest;

/// <summary>Writes what starts a function, with what each cloud's tools need of it in their own form.</summary>
internal static class TriggerManifest
{
    public static void Write(ManifestWriter json, TriggerModel trigger)
    {
        json.Open("trigger", '{');
        _ = trigger switch
        {
            HttpTriggerModel http => json.Text("type", "http").Text("method", http.Method).Text("route", http.Route),
            ScheduleTriggerModel schedule => Schedule(json, schedule),
            QueueTriggerModel queue => json.Text("type", "queue").Text("queue", queue.Queue).Number("batchSize", queue.BatchSize).Flag("ordered", queue.Ordered),
            StreamTriggerModel stream => json.Text("type", "stream").Text("stream", stream.Stream).Number("batchSize", stream.BatchSize).Flag("fromStart", stream.FromStart),
            StorageTriggerModel storage => Filters(json.Text("type", "storage").Text("bucket", storage.Bucket).Text("on", storage.Change.ToLowerInvariant()), storage),
            EventTriggerModel events => json.Text("type", "event").Text("event", events.Type).Number("eventVersion", events.Version).Text("unknownVersions", Camel(events.UnknownVersions)),
            TableTriggerModel table => json.Text("type", "table").Text("table", table.Table).Number("batchSize", table.BatchSize).Flag("fromStart", table.FromStart),
            DeviceTriggerModel device => json.Text("type", "device").Text("topic", device.Topic),
            _ => json,
        };
        json.Close('}');
    }

    private static ManifestWriter Schedule(ManifestWriter json, ScheduleTriggerModel schedule)
    {
        json.Text("type", "schedule").Text("cron", schedule.Cron);
        return schedule.TimeZone is { } zone ? json.Text("timeZone", zone) : json;
    }

    private static ManifestWriter Filters(ManifestWriter json, StorageTriggerModel storage)
    {
        if (storage.Prefix.Length > 0)
        {
            json.Text("prefix", storage.Prefix);
        }

        return storage.Suffix.Length > 0 ? json.Text("suffix", storage.Suffix) : json;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
