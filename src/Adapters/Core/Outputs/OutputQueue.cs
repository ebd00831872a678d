using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

/// <summary>A queue as users send to it, over the cloud's backend.</summary>
internal sealed class OutputQueue<T>(string name, PortableApp app, IOutputBackend backend, JsonTypeInfo<T> type, CurrentInvocation current) : IQueue<T>
{
    /// <summary>The longest delay that SQS takes (API reference, SendMessage: DelaySeconds).</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public string Name { get; } = OutputNames.Check("queue", name);

    /// <inheritdoc/>
    public async Task<string> Send(T body, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options is not null && (options.Delay < TimeSpan.Zero || options.Delay > LongestDelay))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Delay, "A message is held back for up to 15 minutes; a workflow can wait longer.");
        }

        OutputAttributes.CheckIdentifier(nameof(SendOptions.Group), options?.Group);
        OutputAttributes.CheckIdentifier(nameof(SendOptions.DeduplicationId), options?.DeduplicationId);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        using var span = app.Telemetry?.Send(app.Cloud, SendKind.Queue, Name, current.Context);
        try
        {
            var attributes = OutputAttributes.OfMessage(options?.Attributes, current.Context, span);
            var id = await backend.SendAsync(Name, new OutgoingMessage(json, attributes, options?.Delay ?? default, options?.Group, options?.DeduplicationId), cancellationToken).ConfigureAwait(false);
            span?.Sent(id);
            return id;
        }
        catch (Exception e)
        {
            span?.Failed(e);
            throw;
        }
    }
}
