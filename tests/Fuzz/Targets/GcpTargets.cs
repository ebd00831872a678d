using Portable.Gcp;

namespace Portable.Fuzz.Targets;

/// <summary>Requests of Google's platforms.</summary>
internal static class GcpTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("gcp.http", ["gcp/http*.http"], () => Probe("Place")),
        new("gcp.pubsub", ["gcp/pubsub*.http"], () => Probe("Queue")),
        new("gcp.legacy-pubsub", ["gcp/legacy-pubsub*.http"], () => Probe("Queue")),
        new("gcp.stream", ["gcp/stream*.http"], () => Probe("Stream")),
        new("gcp.storage", ["gcp/storage*.http", "gcp/legacy-storage*.http"], () => Probe("Storage")),
        new("gcp.event", ["gcp/event*.http"], () => Probe("Event")),
        new("gcp.table", ["gcp/table*.http", "gcp/legacy-table*.http"], () => Probe("Table")),
        new("gcp.device", ["gcp/device*.http"], () => Probe("Device")),
        new("gcp.schedule", ["gcp/schedule*.http"], () => Probe("Schedule")),
        new("gcp.steps", ["gcp/step*.http"], () => Probe("Steps")),
    ];

    internal static FuzzProbe Probe(string function)
    {
        var log = new FuzzLog();
        var app = FuzzApplication.Create("gcp", log);
        var gcp = new GcpFunction(app, function);
        return input =>
        {
            log.Clear();
            var (status, body) = HttpProbe.Call(gcp.HandleAsync, input);
            return log.Outcome(status, body);
        };
    }
}
