using Microsoft.AspNetCore.Http;

namespace Portable.Gcp;

/// <summary>What one request, or one call of the vendor's framework, brought: an event, a Pub/Sub message, or the one inside the other.</summary>
/// <param name="Event">The event; <see langword="null"/> for a bare push of Pub/Sub.</param>
/// <param name="Message">The message; <see langword="null"/> for an event that carries none.</param>
internal readonly record struct Delivery(CloudEventEnvelope? Event, PubSubMessage? Message)
{
    /// <summary>What identifies the delivered thing; the same on every redelivery.</summary>
    public string Id => Message?.Id ?? Event!.Id;

    /// <summary>The W3C trace context that the sender put beside the payload.</summary>
    public string? TraceParent => Event?.Extensions.GetValueOrDefault("traceparent") ?? Message?.Attributes?.GetValueOrDefault("traceparent");

    /// <summary>How often it was delivered, where Pub/Sub says so.</summary>
    public int Attempt => Message?.DeliveryAttempt ?? 1;

    /// <summary>Takes a request as any of the forms in which Google Cloud delivers: CloudEvents in both modes, a push of Pub/Sub, an event of first generation functions.</summary>
    /// <exception cref="CloudEventException">It is none of them.</exception>
    public static Delivery Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        if (CloudEventReader.IsCloudEvent(contentType, headers))
        {
            return Of(CloudEventReader.Read(contentType, headers, body));
        }

        return PubSubMessage.TryRead(body.Span) is { } message ? new Delivery(null, message)
            : LegacyEvent.TryRead(body) is { } legacy ? Of(legacy)
            : throw new CloudEventException("The body is neither a CloudEvent nor a Pub/Sub message: it has no object 'message'.");
    }

    /// <summary>Takes an event.</summary>
    /// <exception cref="CloudEventException">The event says that it carries a message, and does not.</exception>
    public static Delivery Of(CloudEventEnvelope envelope) =>
        new(envelope, envelope.Type == PubSubMessage.PublishedType ? PubSubMessage.Read(envelope.Data.Span, envelope.Id, envelope.Time) : null);
}
