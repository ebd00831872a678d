using System.Globalization;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>
/// Events of the application's bus: messages of Pub/Sub with <c>ce-</c> attributes (the Pub/Sub protocol binding of CloudEvents), pushed or inside an event of
/// Eventarc, and CloudEvents of the type itself.
/// </summary>
internal static class BusEvents
{
    public const string Prefix = "ce-";
    public const string VersionName = "dataversion";

    public static ReceivedMessage? Read(MessageSource source, Delivery delivery)
    {
        // An event of the very type that the function names is meant as it is, even if it carries a message.
        if (delivery.Event is { } envelope && (delivery.Message is null || envelope.Type == source.Name))
        {
            return OfEvent(envelope, delivery.Attempt);
        }

        var message = delivery.Message!;
        if (message.Attributes?.GetValueOrDefault("content-type") is { } media && media.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase))
        {
            return OfStructured(message);
        }

        return OfMessage(message);
    }

    private static ReceivedMessage OfEvent(CloudEventEnvelope envelope, int attempt) => new(
        envelope.Id, envelope.Data, attempt, envelope.Extensions, envelope.Time,
        Version(envelope.Extensions.GetValueOrDefault(VersionName)) is { } version
            ? new EventDescription(envelope.Source, envelope.Type, version, envelope.Subject, envelope.DataContentType, envelope.DataSchema)
            : NoVersion);

    private static ReceivedMessage OfStructured(PubSubMessage message)
    {
        try
        {
            return OfEvent(CloudEventReader.ReadStructured(message.Data), message.DeliveryAttempt);
        }
        catch (CloudEventException e)
        {
            return Sources.Received(message, new Unreadable(e.Message));
        }
    }

    private static ReceivedMessage OfMessage(PubSubMessage message)
    {
        string? id = null, origin = null, type = null, subject = null, dataSchema = null, version = null;
        DateTimeOffset? time = null;
        string? contentType = null;
        Dictionary<string, string>? others = null;
        foreach (var (name, value) in message.Attributes ?? CloudEventEnvelope.NoExtensions)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                contentType = name.Equals("content-type", StringComparison.OrdinalIgnoreCase) ? value : contentType;
                Add(name, value);
                continue;
            }

            switch (name[Prefix.Length..].ToLowerInvariant())
            {
                case "id": id = value; break;
                case "source": origin = value; break;
                case "type": type = value; break;
                case "subject": subject = value; break;
                case "time": time = Rfc3339.Parse(value); break;
                case "dataschema": dataSchema = value; break;
                case "specversion" or "datacontenttype": break;
                case VersionName:
                    version = value;
                    Add(VersionName, value);
                    break;
                case var extension: Add(extension, value); break;
            }
        }

        MessageDetail detail = string.IsNullOrEmpty(type) ? new Unreadable("The message is no event: it has no attribute 'ce-type'.")
            : Version(version) is { } number ? new EventDescription(origin ?? "", type, number, subject, contentType, dataSchema)
            : NoVersion;
        return new ReceivedMessage(string.IsNullOrEmpty(id) ? message.Id : id, message.Data, message.DeliveryAttempt, others, time ?? message.PublishTime, detail);

        void Add(string name, string value) => (others ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase))[name] = value;
    }

    private static Unreadable NoVersion { get; } = new($"The attribute '{VersionName}' is no version: a number from 1.");

    /// <summary>The version; 1 when none is stated, <see langword="null"/> when it is none.</summary>
    private static int? Version(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version
        : null;
}
