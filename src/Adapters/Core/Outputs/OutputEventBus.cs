using System.Text;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>The bus as users publish on it and as workflows do, where their engine has no means of its own: one way for both.</summary>
internal sealed class OutputEventBus(PortableApp app, IOutputBackend backend, CurrentInvocation current) : IEventBus, IEventPublisher
{
    /// <inheritdoc/>
    public async Task<string> Publish<T>(T payload, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var contract = OutputContracts.Event<T>();
        OutputAttributes.CheckIdentifier(nameof(PublishOptions.Id), options?.Id);
        if (options?.Subject is { } subject)
        {
            OutputAttributes.CheckValue(nameof(PublishOptions.Subject), subject);
        }

        var id = options?.Id ?? Guid.NewGuid().ToString("N");
        var json = JsonSerializer.SerializeToUtf8Bytes(payload, OutputContracts.Json<T>(app));
        var outgoing = new OutgoingEvent(
            id, "portable." + app.Name, contract.Type, contract.Version, json, app.Time.GetUtcNow(), options?.Subject, OutputAttributes.OfEvent(current.Context));
        await backend.PublishAsync(outgoing, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc/>
    public Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(published);
        var outgoing = new OutgoingEvent(
            published.Id, published.Source, published.Type, published.Version, Encoding.UTF8.GetBytes(published.Json), app.Time.GetUtcNow(), null, OutputAttributes.OfEvent(current.Context));
        return backend.PublishAsync(outgoing, cancellationToken);
    }
}
