namespace Portable;

/// <summary>
/// Starts a function for messages of devices: an AWS IoT Core rule, a Pub/Sub topic that a device gateway writes to, Azure IoT Hub. The payload parameter is the
/// body <c>T</c> or a <see cref="DeviceMessage{T}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a topic.</summary>
    /// <param name="topic">
    /// The MQTT topic filter of the rule on AWS, <c>devices/+/telemetry</c>. On Google and Azure it names the Pub/Sub topic and the hub with everything that
    /// is no letter or digit turned into single hyphens: <c>devices-telemetry</c>.
    /// </param>
    public DeviceTriggerAttribute(string topic) => Topic = topic;

    /// <summary>The topic filter.</summary>
    public string Topic { get; }
}

/// <summary>A message of a device.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
public sealed class DeviceMessage<T>
{
    /// <summary>Creates a message; the runtime does so, and tests may.</summary>
    /// <param name="body">The body.</param>
    /// <param name="id">What identifies the message, where the cloud says so.</param>
    /// <param name="deviceId">The device, where the cloud says so.</param>
    /// <param name="topic">The topic that it was sent to, where the cloud says so.</param>
    /// <param name="sentAt">When it was taken, where the cloud says so.</param>
    /// <param name="attributes">Attributes beside the body, names compared ignoring case.</param>
    public DeviceMessage(T body, string id, string? deviceId = null, string? topic = null, DateTimeOffset? sentAt = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        Body = body;
        Id = id;
        DeviceId = deviceId;
        Topic = topic;
        SentAt = sentAt;
        Attributes = attributes ?? NoAttributes.Instance;
    }

    /// <summary>The body.</summary>
    public T Body { get; }

    /// <summary>What identifies the message; on AWS, whose rules give none, the identifier of the invocation.</summary>
    public string Id { get; }

    /// <summary>The device, where the cloud says so: on AWS when the rule selects <c>clientid() as deviceId</c>.</summary>
    public string? DeviceId { get; }

    /// <summary>The topic that it was sent to, where the cloud says so.</summary>
    public string? Topic { get; }

    /// <summary>When it was taken, where the cloud says so.</summary>
    public DateTimeOffset? SentAt { get; }

    /// <summary>Attributes beside the body.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }
}
