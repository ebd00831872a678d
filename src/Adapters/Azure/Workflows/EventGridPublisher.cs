using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Portable.Azure.Workflows;

/// <summary>
/// Publishes to a custom topic of Event Grid whose input schema is CloudEvents 1.0: one event per request, authenticated with an access key
/// (documentation: "Publish events to Azure Event Grid custom topics using access keys"). Durable Functions has no way of its own to publish.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="endpoint">The topic's endpoint, such as <c>https://events.westeurope-1.eventgrid.azure.net/api/events</c>.</param>
/// <param name="key">One of the topic's access keys.</param>
public sealed class EventGridPublisher(HttpClient http, Uri endpoint, string key) : IEventPublisher
{
    /// <summary>The variable with the topic's endpoint.</summary>
    public const string EndpointVariable = "PORTABLE_EVENTS_TOPIC_ENDPOINT";

    /// <summary>The variable with the topic's access key.</summary>
    public const string KeyVariable = "PORTABLE_EVENTS_TOPIC_KEY";

    private const string ApiVersion = "2018-01-01";

    /// <summary>The publisher that the environment describes; <see langword="null"/> when it names no topic.</summary>
    /// <exception cref="InvalidOperationException">The topic's address is none, or its key is missing; the message says which.</exception>
    public static EventGridPublisher? FromEnvironment(Func<string, string?> environment, HttpClient http)
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
                : throw new InvalidOperationException($"{KeyVariable} is not set: it is an access key of the topic that {EndpointVariable} names.");
    }

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The topic did not take the event; the message has its answer.</exception>
    public async Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(published);
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(endpoint) { Query = "api-version=" + ApiVersion }.Uri);
        request.Headers.Add("aeg-sas-key", key);
        request.Content = new ReadOnlyMemoryContent(CloudEvent(published));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new HttpRequestException($"Event Grid answered {(int)response.StatusCode}: {answer[..Math.Min(answer.Length, 500)]}", null, response.StatusCode);
        }
    }

    // CloudEvents 1.0 in the structured mode; the payload's version is an extension attribute, whose names are lower-case letters and digits.
    private static ReadOnlyMemory<byte> CloudEvent(PublishedEvent published)
    {
        var buffer = new ArrayBufferWriter<byte>(published.Json.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", published.Id);
            json.WriteString("source", published.Source);
            json.WriteString("type", published.Type);
            json.WriteString("datacontenttype", "application/json");
            json.WriteNumber("dataversion", published.Version);
            json.WritePropertyName("data");
            json.WriteRawValue(published.Json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
