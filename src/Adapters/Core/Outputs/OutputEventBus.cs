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
        await PublishAsync(id, "portable." + app.Name, contract.Type, contract.Version, json, options?.Subject, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc/>
    public Task Publish(PublishedEvent published, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(published);
        return PublishAsync(published.Id, published.Source, published.Type, published.Version, Encoding.UTF8.GetBytes(published.Json), null, cancellationToken);
    }

    private async Task PublishAsync(string id, string source, string type, int version, ReadOnlyMemory<byte> json, string? subject, CancellationToken cancellationToken)
    {
        using var span = app.Telemetry?.Send(app.Cloud, SendKind.Event, type, current.Context);
        try
        {
            var attributes = OutputAttributes.OfEvent(current.Context, span);
            await backend.PublishAsync(new OutgoingEvent(id, source, type, version, json, app.Time.GetUtcNow(), subject, attributes), cancellationToken).ConfigureAwait(false);
            span?.Sent(id);
        }
        catch (Exception e)
        {
            span?.Failed(e);
            throw;
        }
    }
}
