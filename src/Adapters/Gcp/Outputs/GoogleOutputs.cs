using System.Net;
using Portable.Gcp.Outputs;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>
/// The way to Pub/Sub and Cloud Storage, over their REST interfaces. A queue is the topic that <c>PORTABLE_QUEUE_{NAME}</c> names
/// (<c>projects/p/topics/t</c>, or <c>t</c> of the own project), without the variable the topic of the queue's name; the bus is the topic
/// <c>PORTABLE_EVENTS_TOPIC</c>; a bucket is <c>PORTABLE_BUCKET_{NAME}</c>, or the bucket of that name. <c>PUBSUB_EMULATOR_HOST</c> and <c>STORAGE_EMULATOR_HOST</c> are
/// respected as Google's own libraries do. The service account needs the roles <c>pubsub.publisher</c> and <c>storage.objectUser</c>.
/// </summary>
public sealed class GoogleOutputs : IOutputBackend
{
    internal const string TopicVariable = "PORTABLE_EVENTS_TOPIC";

    /// <summary>The most bytes of a message, its attributes included: 10 MB (cloud.google.com/pubsub/quotas, "Resource limits").</summary>
    internal const int MostMessageBytes = CloudLimits.PubSubMessage;

    /// <summary>The most bytes of an event: what Eventarc hands on to functions (cloud.google.com/functions/quotas: 512 KB).</summary>
    internal const int MostEventBytes = CloudLimits.EventarcEvent;

    private readonly Lazy<GoogleApi> _api;
    private readonly TimeProvider _time;
    private readonly Func<string, string?> _environment;

    /// <summary>The way to the project that the container runs in.</summary>
    public GoogleOutputs()
        : this(static () => new GoogleApi(new HttpClient(), TimeProvider.System), TimeProvider.System, Environment.GetEnvironmentVariable)
    {
    }

    internal GoogleOutputs(Func<GoogleApi> api, TimeProvider time, Func<string, string?> environment)
    {
        _api = new(api);
        _time = time;
        _environment = environment;
    }

    /// <inheritdoc/>
    public async Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Delay != TimeSpan.Zero)
        {
            throw new ArgumentException("Pub/Sub cannot hold a message back: the delay must be zero on Google Cloud. A workflow can wait.", nameof(message));
        }

        var variable = Variable("PORTABLE_QUEUE_", queue);
        var topic = _environment(variable) is { Length: > 0 } named ? named : queue;
        CheckSize($"A message to the queue '{queue}'", message.Body, message.Attributes, MostMessageBytes, "Pub/Sub takes 10 MB");
        return await PublishAsync(topic, PubSubPublish.Write(message), $"The queue '{queue}'", variable, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        var topic = _environment(TopicVariable) is { Length: > 0 } named ? named
            : throw new OutputException($"{TopicVariable} is not set: it is the topic of the application's events, projects/PROJECT/topics/TOPIC.");
        CheckSize($"An event of the type '{published.Type}'", published.Body, published.Attributes, MostEventBytes, "Eventarc hands on 512 KB");
        return PublishAsync(topic, PubSubPublish.Write(published), $"The bus, for an event of the type '{published.Type}',", TopicVariable, cancellationToken);
    }

    /// <inheritdoc/>
    public IBlobStore Bucket(string name) =>
        new GoogleBucket(_environment(Variable("PORTABLE_BUCKET_", name)) is { Length: > 0 } named ? named : name, _api.Value, _time, Emulator("STORAGE_EMULATOR_HOST"));

    private static string Variable(string prefix, string name) => prefix + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    // The one with a scheme or without: Google's libraries take both.
    private string? Emulator(string variable) =>
        _environment(variable) is not { Length: > 0 } host ? null
        : host.Contains("://", StringComparison.Ordinal) ? host.TrimEnd('/')
        : "http://" + host.TrimEnd('/');

    private static void CheckSize(string what, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> attributes, int limit, string fact)
    {
        var size = body.Length + attributes.Sum(static attribute => System.Text.Encoding.UTF8.GetByteCount(attribute.Key) + System.Text.Encoding.UTF8.GetByteCount(attribute.Value));
        if (size > limit)
        {
            throw new PayloadTooLargeException($"{what} has {size} bytes; {fact}.");
        }
    }

    private async Task<string> PublishAsync(string topic, ReadOnlyMemory<byte> body, string what, string variable, CancellationToken cancellationToken)
    {
        var emulator = Emulator("PUBSUB_EMULATOR_HOST");
        try
        {
            if (!topic.StartsWith("projects/", StringComparison.Ordinal))
            {
                var project = emulator is not null && _environment("PUBSUB_PROJECT_ID") is { Length: > 0 } emulated ? emulated : await _api.Value.Identity.ProjectAsync(cancellationToken).ConfigureAwait(false);
                topic = $"projects/{project}/topics/{topic}";
            }

            var request = new GoogleRequest(HttpMethod.Post, $"{emulator ?? "https://pubsub.googleapis.com"}/v1/{topic}:publish", body, IsAnonymous: emulator is not null);
            using var response = await _api.Value.SendRepeatableAsync(request, cancellationToken).ConfigureAwait(false);
            using var reply = new GoogleReply(response.StatusCode, GoogleApi.TryParse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)));
            return reply.Succeeded && PubSubPublish.IdOf(reply.Body) is { } id ? id
                : reply.Status == HttpStatusCode.NotFound ? throw new OutputException($"{what} has no topic {topic}; {variable} may name another.")
                : throw new OutputException($"{what} refused the message: {(int)reply.Status} {reply.ErrorStatus}.");
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"{what} could not be reached: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutputException($"{what} did not answer in time.", e);
        }
    }
}
