using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Portable.Azure.Outputs;
using Portable.Runtime;

namespace Portable.Azure.Workflows;

/// <summary>
/// Publishes to a custom topic of Event Grid whose input schema is CloudEvents 1.0: one event per request, authenticated with an access key
/// (documentation: "Publish events to Azure Event Grid custom topics using access keys"). Durable Functions has no way of its own to publish.
/// </summary>
public sealed class EventGridPublisher : IEventPublisher
{
    /// <summary>The variable with the topic's endpoint.</summary>
    public const string EndpointVariable = "PORTABLE_EVENTS_TOPIC_ENDPOINT";

    /// <summary>The variable with the topic's access key.</summary>
    public const string KeyVariable = "PORTABLE_EVENTS_TOPIC_KEY";

    /// <summary>The most bytes of an event (documentation: "Azure Event Grid quotas and limits", 1 MB).</summary>
    internal const int MaxBytes = CloudLimits.EventGridEvent;

    private const string ApiVersion = "2018-01-01";
    private const string Resource = "https://eventgrid.azure.net/";

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string? _key;
    private readonly ManagedIdentity? _identity;

    /// <summary>Publishes with an access key.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="endpoint">The topic's endpoint, such as <c>https://events.westeurope-1.eventgrid.azure.net/api/events</c>.</param>
    /// <param name="key">One of the topic's access keys.</param>
    public EventGridPublisher(HttpClient http, Uri endpoint, string key) => (_http, _endpoint, _key) = (http, endpoint, key);

    private EventGridPublisher(HttpClient http, Uri endpoint, ManagedIdentity identity) => (_http, _endpoint, _identity) = (http, endpoint, identity);

    /// <summary>The publisher that the environment describes; <see langword="null"/> when it names no topic.</summary>
    /// <exception cref="InvalidOperationException">The topic's address is none, or its key is missing; the message says which.</exception>
    public static EventGridPublisher? FromEnvironment(Func<string, string?> environment, HttpClient http) => FromEnvironment(environment, http, null);

    /// <summary>The same, with the function app's identity where there is no key.</summary>
    internal static EventGridPublisher? FromEnvironment(Func<string, string?> environment, HttpClient http, ManagedIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment(EndpointVariable) is not { Length: > 0 } endpoint)
        {
            return null;
        }

        return !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            ? throw new InvalidOperationException($"{EndpointVariable} is '{endpoint}', which is no address of an Event Grid topic.")
            : environment(KeyVariable) is { Length: > 0 } key
                ? new EventGridPublisher(http, address, key)
                : identity is { Exists: true } ? new EventGridPublisher(http, address, identity)
                : throw new InvalidOperationException($"{KeyVariable} is not set: it is an access key of the topic that {EndpointVariable} names.");
    }

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The topic did not take the event; the message has its answer.</exception>
    public async Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(published);
        using var response = await PostAsync(CloudEvent(published.Id, published.Source, published.Type, published.Version, json => json.WriteRawValue(published.Json)), cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(await AnswerAsync(response, cancellationToken).ConfigureAwait(false), null, response.StatusCode);
        }
    }

    /// <summary>Publishes an event of a function.</summary>
    /// <exception cref="OutputException">The topic did not take it.</exception>
    internal async Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        var body = CloudEvent(published.Id, published.Source, published.Type, published.Version, json => json.WriteRawValue(published.Body.Span), published.Time, published.Subject, published.Attributes);
        if (body.Length > MaxBytes)
        {
            throw new PayloadTooLargeException($"The event '{published.Type}' has {body.Length} bytes; Event Grid takes {MaxBytes} (Azure Event Grid quotas and limits).");
        }

        try
        {
            using var response = await PostAsync(body, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new OutputException($"The event '{published.Type}' was not published: {await AnswerAsync(response, cancellationToken).ConfigureAwait(false)}");
            }
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"The event '{published.Type}' was not published: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(_endpoint) { Query = "api-version=" + ApiVersion }.Uri);
        if (_identity is { } identity)
        {
            request.Headers.Authorization = await identity.TokenAsync(Resource, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            request.Headers.Add("aeg-sas-key", _key);
        }

        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return $"Event Grid answered {(int)response.StatusCode}: {answer[..Math.Min(answer.Length, 500)]}";
    }

    // CloudEvents 1.0 in the structured mode; the payload's version is an extension attribute, whose names are lower-case letters and digits.
    private static ReadOnlyMemory<byte> CloudEvent(
        string id, string source, string type, int version, Action<Utf8JsonWriter> data, DateTimeOffset? time = null, string? subject = null, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", source);
            json.WriteString("type", type);
            if (subject is not null)
            {
                json.WriteString("subject", subject);
            }

            if (time is { } happened)
            {
                json.WriteString("time", happened.UtcDateTime);
            }

            json.WriteString("datacontenttype", "application/json");
            json.WriteNumber("dataversion", version);
            foreach (var (name, value) in attributes ?? new Dictionary<string, string>(0))
            {
                json.WriteString(name, value);
            }

            json.WritePropertyName("data");
            data(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
