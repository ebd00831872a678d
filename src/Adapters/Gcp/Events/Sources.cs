using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>Makes of a delivery the message of a function's source; <see langword="null"/> for one that the function did not ask for, which is acknowledged.</summary>
/// <exception cref="CloudEventException">The delivery is of another kind: the trigger is wired to the wrong thing.</exception>
internal delegate ReceivedMessage? DeliveryReader(MessageSource source, Delivery delivery);

/// <summary>Which reader each kind of source has on Google Cloud.</summary>
internal static class Sources
{
    /// <summary>The reader of a source.</summary>
    public static DeliveryReader ReaderOf(MessageSource source) => source switch
    {
        QueueSource => static (_, delivery) => Received(MessageOf(delivery)),
        StreamSource => static (_, delivery) => Record(MessageOf(delivery)),
        DeviceSource => static (_, delivery) => Device(MessageOf(delivery)),
        StorageSource => StorageChanges.Read,
        EventSource => BusEvents.Read,
        TableSource => TableChanges.Read,
        _ => throw new NotSupportedException($"Google Cloud has no source of the kind {source.GetType().Name}."),
    };

    /// <summary>The error for an event that a source cannot be.</summary>
    public static CloudEventException WrongType(Delivery delivery, string expected) =>
        new(delivery.Event is { } wrong ? $"The event is of the type '{wrong.Type}'; the function takes {expected}." : $"The body is a Pub/Sub message; the function takes {expected}.");

    /// <summary>A message as every kind of source has it.</summary>
    public static ReceivedMessage Received(PubSubMessage message, MessageDetail? detail = null) =>
        new(message.Id, message.Data, message.DeliveryAttempt, message.Attributes, message.PublishTime, detail);

    private static PubSubMessage MessageOf(Delivery delivery) => delivery.Message ?? throw WrongType(delivery, "messages of Pub/Sub");

    // Pub/Sub numbers nothing: the order within a key is that of delivery, and no place in it has a name.
    private static ReceivedMessage Record(PubSubMessage message) => Received(message, new StreamPosition(message.OrderingKey, ""));

    private static ReceivedMessage Device(PubSubMessage message) =>
        Received(message, new DeviceOrigin(message.Attributes?.GetValueOrDefault("deviceId"), message.Attributes?.GetValueOrDefault("topic")));
}
