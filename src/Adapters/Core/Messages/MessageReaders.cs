using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>Makes of a message what a handler takes.</summary>
/// <exception cref="PoisonMessageException">The message can never be handled.</exception>
public delegate TMessage MessageReader<out TMessage>(ReceivedMessage received);

/// <summary>A message that no delivery will ever succeed with; the text is the reason that its dead letter carries.</summary>
public sealed class PoisonMessageException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The readers of every trigger; emitted code names one.</summary>
public static class MessageReaders
{
    /// <summary>A message of a queue.</summary>
    public static MessageReader<Message<T>> Message<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null) => received =>
        new Message<T>(Parse(received.Body, type, validator), received.Id, received.DeliveryCount, received.Attributes, received.EnqueuedAt);

    /// <summary>A record of a stream.</summary>
    public static MessageReader<StreamRecord<T>> Record<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null) => received =>
    {
        var position = received.Detail as StreamPosition;
        return new StreamRecord<T>(Parse(received.Body, type, validator), received.Id, position?.PartitionKey ?? "", position?.SequenceNumber ?? "", received.EnqueuedAt, received.Attributes);
    };

    /// <summary>The change of an object.</summary>
    public static StorageEvent Object(ReceivedMessage received) => received.Detail is ObjectChanged changed ? changed.Change
        : throw new PoisonMessageException("The message is no change of an object.");

    /// <summary>An event.</summary>
    public static MessageReader<Event<T>> Event<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null) => received =>
    {
        var description = Description(received);
        return new Event<T>(
            Parse(received.Body, type, validator), received.Id, description.Source, description.Type, description.Version, description.Subject, received.EnqueuedAt, received.Attributes);
    };

    /// <summary>The change of a row.</summary>
    public static MessageReader<TableChange<T>> Row<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null) => received =>
    {
        var row = received.Detail as RowChanged ?? throw new PoisonMessageException("The message is no change of a row.");
        return new TableChange<T>(row.Kind, row.Key, Image(row.Old, type, null), Image(row.New, type, validator), received.Id, received.EnqueuedAt);
    };

    /// <summary>A message of a device.</summary>
    public static MessageReader<DeviceMessage<T>> Device<T>(JsonTypeInfo<T> type, PayloadValidator<T>? validator = null) => received =>
    {
        var origin = received.Detail as DeviceOrigin;
        return new DeviceMessage<T>(Parse(received.Body, type, validator), received.Id, origin?.DeviceId, origin?.Topic, received.EnqueuedAt, received.Attributes);
    };

    /// <summary>What is said of an event.</summary>
    /// <exception cref="PoisonMessageException">The message is no event.</exception>
    public static EventDescription Description(ReceivedMessage received) => received.Detail as EventDescription ?? throw new PoisonMessageException("The message is no event.");

    /// <summary>The data of an event, for code that keeps it as it is: a <see cref="JsonElement"/> of JSON, else the bytes; <see langword="null"/> when there is none.</summary>
    /// <exception cref="PoisonMessageException">The data says that it is JSON and is not.</exception>
    public static object? Data(ReceivedMessage received, EventDescription description)
    {
        if (received.Body.IsEmpty)
        {
            return null;
        }

        if (description.DataContentType is { } media && !media.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return received.Body.ToArray();
        }

        try
        {
            using var document = WireJson.Parse(received.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new PoisonMessageException("The data of the event is not valid JSON.", e);
        }
    }

    /// <summary>Whether CloudEvents allows an extension attribute of this name: lower-case letters and digits.</summary>
    public static bool IsExtension(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) && name is not ("data" or "specversion" or "id" or "source" or "type" or "subject" or "time" or "datacontenttype" or "dataschema");

    private static T? Image<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, PayloadValidator<T>? validator) => json.IsEmpty ? default : Parse(json, type, validator);

    private static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, PayloadValidator<T>? validator)
    {
        try
        {
            var payload = PayloadJson.Read(json.Span, type) ?? throw new PoisonMessageException("The body is null.");
            return validator is not null && PayloadErrors.Of(payload, type.Options, validator) is { Count: > 0 } errors
                ? throw new PoisonMessageException("The body " + PayloadErrors.Text(errors))
                : payload;
        }
        catch (PayloadException e)
        {
            throw new PoisonMessageException("The body " + e.Message, e);
        }
    }
}
