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
    public const string ContentType = "content-type";

    public static ReceivedMessage? Read(MessageSource source, Delivery delivery)
    {
        // An event of the very type that the function names is meant as it is, even if it carries a message.
        if (delivery.Event is { } envelope && (delivery.Message is null || envelope.Type == source.Name))
        {
            return OfEvent(envelope, delivery.Attempt);
        }

        return OfMessage(delivery.Message!);
    }

    private static ReceivedMessage OfEvent(CloudEventEnvelope envelope, int attempt) => new(
        envelope.Id, envelope.Data, attempt, envelope.Extensions, envelope.Time,
        Version(envelope.Extensions.GetValueOrDefault(VersionName)) is { } version
            ? new EventDescription(envelope.Source, envelope.Type, version, envelope.Subject, envelope.DataContentType, envelope.DataSchema)
            : NoVersion);

    // A message that carries no event, or a malformed one, is known by name: it is poison and not a request that was refused.
    private static ReceivedMessage OfMessage(PubSubMessage message)
    {
        try
        {
            var attributes = message.Attributes ?? CloudEventEnvelope.NoExtensions;
            return attributes.GetValueOrDefault(ContentType) is { } media && media.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase)
                ? OfEvent(CloudEventReader.ReadStructured(message.Data), message.DeliveryAttempt)
                : OfBinary(message, attributes);
        }
        catch (CloudEventException e)
        {
            return Sources.Received(message, new Unreadable(e.Message));
        }
    }

    private static ReceivedMessage OfBinary(PubSubMessage message, IReadOnlyDictionary<string, string> attributes)
    {
        if (!attributes.ContainsKey(Prefix + "type"))
        {
            throw new CloudEventException($"The message is no event: it has no attribute '{Prefix}type'.");
        }

        var builder = new CloudEventBuilder();
        Dictionary<string, string>? others = null;
        foreach (var (name, value) in attributes)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                builder.Set(name[Prefix.Length..].ToLowerInvariant(), value);
            }
            else if (name.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            {
                builder.Set("datacontenttype", value);
            }
            else
            {
                (others ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase))[name] =
                    CloudEventBuilder.IsText(value) ? value : throw new CloudEventException("An attribute of the message has control characters.");
            }
        }

        var envelope = builder.Build(message.Data);
        var received = OfEvent(envelope.Time is null ? envelope with { Time = message.PublishTime } : envelope, message.DeliveryAttempt);
        if (others is null)
        {
            return received;
        }

        foreach (var (name, value) in envelope.Extensions)
        {
            others[name] = value;
        }

        return received with { Attributes = others };
    }

    private static Unreadable NoVersion { get; } = new($"The attribute '{VersionName}' is no version: a number from 1.");

    /// <summary>The version; 1 when none is stated, <see langword="null"/> when it is none.</summary>
    private static int? Version(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version
        : null;
}
