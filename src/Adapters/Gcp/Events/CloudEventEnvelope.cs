using Microsoft.AspNetCore.Http;
using Portable.Runtime.AspNetCore;

namespace Portable.Gcp;

/// <summary>An event as CloudEvents 1.0 describes it, read from either content mode of the HTTP binding.</summary>
public sealed record CloudEventEnvelope
{
    /// <summary>Identifies the event together with <see cref="Source"/>; the same on every redelivery.</summary>
    public required string Id { get; init; }

    /// <summary>Where it happened, a URI reference.</summary>
    public required string Source { get; init; }

    /// <summary>What happened, such as <c>google.cloud.pubsub.topic.v1.messagePublished</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The version of the specification: <c>1.0</c>.</summary>
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>What it happened to, within the source.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The media type of <see cref="Data"/>.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The schema that <see cref="Data"/> follows, a URI.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes by their lower-case names; all values as text.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = NoExtensions;

    internal static IReadOnlyDictionary<string, string> NoExtensions { get; } = new Dictionary<string, string>(0);

    /// <summary>The payload as bytes; JSON as it was written. Empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Reads the event of a request, in binary or structured mode; an event of first generation functions becomes the CloudEvent that stands for it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bodyLimit">The most bytes of the body.</param>
    /// <param name="cancellationToken">Cancels reading the body.</param>
    /// <exception cref="CloudEventException">The request holds no valid event; the message says why. Answer 400, or 413 when it says so.</exception>
    public static async ValueTask<CloudEventEnvelope> ReadAsync(HttpRequest request, int bodyLimit = RequestBody.DefaultLimit, CancellationToken cancellationToken = default)
    {
        var body = await RequestBody.ReadAsync(request, bodyLimit, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudEventException($"The body is larger than {bodyLimit} bytes.", 413);
        return CloudEventReader.IsCloudEvent(request.ContentType, request.Headers) ? CloudEventReader.Read(request.ContentType, request.Headers, body)
            : LegacyEvent.TryRead(body) ?? throw new CloudEventException("The request is no CloudEvent: it has no attribute 'specversion'.");
    }
}

/// <summary>A request that holds no valid CloudEvent.</summary>
public sealed class CloudEventException : FormatException
{
    internal CloudEventException(string message, int statusCode = 400, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>The status to answer with.</summary>
    public int StatusCode { get; }
}
