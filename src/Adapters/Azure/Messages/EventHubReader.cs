using System.Globalization;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// A batch of Event Hubs, or of IoT Hub, which has an endpoint of the same protocol. What is said of the records stands in arrays beside them
/// (facts: <c>EventHubTriggerBindingStrategy</c>): <c>SequenceNumberArray</c>, <c>PartitionKeyArray</c>, <c>EnqueuedTimeUtcArray</c>,
/// <c>PropertiesArray</c>, <c>SystemPropertiesArray</c>, and the partition in <c>PartitionContext</c>; of a single record without the <c>Array</c>.
/// </summary>
internal static class EventHubReader
{
    /// <summary>The system property in which IoT Hub names the sender; a device cannot set it.</summary>
    private const string DeviceId = "iothub-connection-device-id";

    /// <summary>The system property with the topic, where an MQTT broker of the hub took the message.</summary>
    private const string DeviceTopic = "mqtt-topic";

    public static IReadOnlyList<ReceivedMessage> Read(MessageSource source, IReadOnlyList<string> records, BindingData data, string invocationId, int attempt)
    {
        var partition = Json.Text(data.Object("PartitionContext"), "PartitionId") ?? Json.Text(data.Object("TriggerPartitionContext"), "PartitionId");
        var sequenceNumbers = All(data, "SequenceNumber");
        var keys = All(data, "PartitionKey");
        var times = All(data, "EnqueuedTimeUtc");
        var properties = AllObjects(data, "Properties");
        var systemProperties = AllObjects(data, "SystemProperties");
        var messages = new List<ReceivedMessage>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            var system = At(systemProperties, i);
            var sequence = At(sequenceNumbers, i);
            var id = sequence is not { Length: > 0 } ? $"{invocationId}/{i.ToString(CultureInfo.InvariantCulture)}"
                : partition is null ? sequence
                : $"{partition}/{sequence}";
            MessageDetail detail = source is DeviceSource
                ? new DeviceOrigin(Json.Text(system, DeviceId), Json.Text(system, DeviceTopic))
                : new StreamPosition(At(keys, i) is { Length: > 0 } key ? key : partition ?? "", sequence ?? "");
            messages.Add(new ReceivedMessage(id, Encoding.UTF8.GetBytes(records[i]), attempt, Attributes(At(properties, i)), BindingData.ReadTime(At(times, i)), detail));
        }

        return messages;
    }

    private static IReadOnlyList<string?> All(BindingData data, string name) =>
        data.Texts(name + "Array") is { Count: > 0 } all ? all : data.Text(name) is { } one ? [one] : [];

    private static IReadOnlyList<JsonElement> AllObjects(BindingData data, string name) =>
        data.Objects(name + "Array") is { Count: > 0 } all ? all : data.Object(name) is { ValueKind: JsonValueKind.Object } one ? [one] : [];

    private static T? At<T>(IReadOnlyList<T> values, int index) => index < values.Count ? values[index] : default;

    private static Dictionary<string, string>? Attributes(JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Dictionary<string, string>? attributes = null;
        foreach (var property in properties.EnumerateObject())
        {
            if (BindingData.TextOf(property.Value) is { } text)
            {
                (attributes ??= new(StringComparer.OrdinalIgnoreCase))[property.Name] = text;
            }
        }

        // Microsoft's client puts the W3C trace context under a name of its own.
        if (attributes is not null && attributes.TryGetValue("Diagnostic-Id", out var trace))
        {
            attributes.TryAdd("traceparent", trace);
        }

        return attributes;
    }
}
