using Portable.Azure.Outputs;
using Portable.Azure.Workflows;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// The way to storage queues, Event Grid and blobs. Queues and containers are those of the function app's own account, the setting <c>AzureWebJobsStorage</c>, unless
/// <c>PORTABLE_QUEUE_{NAME}</c> or <c>PORTABLE_BUCKET_{NAME}</c> names another, as a name or as a whole URL, which may carry a shared access signature
/// (<c>orders-paid</c> is <c>PORTABLE_QUEUE_ORDERS_PAID</c>). Events go to the topic <c>PORTABLE_EVENTS_TOPIC_ENDPOINT</c>. Without keys, the function app's managed
/// identity is used: it needs the roles Storage Queue Data Message Sender, Storage Blob Data Contributor, for presigned addresses Storage Blob Delegator, and EventGrid Data
/// Sender, as far as the application uses them.
/// </summary>
public sealed class AzureOutputs : IOutputBackend
{
    private readonly Func<string, string?> _environment;
    private readonly Lazy<Services> _services;

    /// <summary>The way that the environment describes.</summary>
    public AzureOutputs()
        : this(static () => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }), Environment.GetEnvironmentVariable, TimeProvider.System)
    {
    }

    internal AzureOutputs(Func<HttpClient> http, Func<string, string?> environment, TimeProvider time)
    {
        _environment = environment;
        _services = new(() =>
        {
            var client = http();
            var identity = new ManagedIdentity(client, environment, time);
            var api = new StorageApi(client, identity, environment, time);
            return new Services(client, identity, api, new BlobSignatures(api));
        });
    }

    /// <inheritdoc/>
    public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var api = _services.Value.Api;
        return new StorageQueue(api, AzureNames.Address("QUEUE", queue, _environment, () => api.Account?.Queues), queue).SendAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(published);
        var services = _services.Value;
        try
        {
            var topic = EventGridPublisher.FromEnvironment(_environment, services.Http, services.Identity)
                ?? throw new OutputException($"There is no topic to publish on: set {EventGridPublisher.EndpointVariable} to the endpoint of an Event Grid topic.");
            return topic.PublishAsync(published, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new OutputException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public IBlobStore Bucket(string name)
    {
        var services = _services.Value;
        return new BlobBucket(services.Api, services.Signatures, () => AzureNames.Address("BUCKET", name, _environment, () => services.Api.Account?.Blobs), name);
    }

    private sealed record Services(HttpClient Http, ManagedIdentity Identity, StorageApi Api, BlobSignatures Signatures);
}
