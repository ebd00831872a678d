using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes where the messages of a function come from, as the runtime's record.</summary>
internal static class MessageSources
{
    private const string Runtime = "global::Portable.Runtime.";

    public static string Expression(MessageTriggerModel trigger) => trigger switch
    {
        QueueTriggerModel queue => $"new {Runtime}QueueSource({CodeFile.Text(queue.Queue)}{(queue.Ordered ? ", IsOrdered: true" : "")}) {{ BatchSize = {queue.BatchSize} }}",
        StreamTriggerModel stream => $"new {Runtime}StreamSource({CodeFile.Text(stream.Stream)}{(stream.FromStart ? ", FromStart: true" : "")}) {{ BatchSize = {stream.BatchSize} }}",
        StorageTriggerModel storage => $"new {Runtime}StorageSource({CodeFile.Text(storage.Bucket)}, global::Portable.StorageChange.{storage.Change}, {CodeFile.Text(storage.Prefix)}, {CodeFile.Text(storage.Suffix)})",
        EventTriggerModel events => $"new {Runtime}EventSource({CodeFile.Text(events.Type)}, {events.Version}, global::Portable.UnknownVersions.{events.UnknownVersions})",
        TableTriggerModel table => $"new {Runtime}TableSource({CodeFile.Text(table.Table)}{(table.FromStart ? ", FromStart: true" : "")}) {{ BatchSize = {table.BatchSize} }}",
        DeviceTriggerModel device => $"new {Runtime}DeviceSource({CodeFile.Text(device.Topic)})",
        _ => "null!",
    };
}
