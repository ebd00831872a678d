using Portable.Runtime;

namespace Portable.Azure;

/// <summary>How each kind of source arrives on Azure; the one place that chooses.</summary>
internal static class MessagePayloads
{
    /// <summary>Reads what a trigger delivered.</summary>
    /// <param name="source">Where the messages come from.</param>
    /// <param name="payloads">The trigger's values: one text, or one per record of a batch of Event Hubs.</param>
    /// <param name="data">What the host tells beside them.</param>
    /// <param name="invocationId">The host's identifier, for messages that have none of their own.</param>
    /// <param name="attempt">Which attempt this is, for sources that do not say so themselves.</param>
    /// <param name="environment">Where names of containers are looked up.</param>
    public static IReadOnlyList<ReceivedMessage> Read(
        MessageSource source, IReadOnlyList<string> payloads, BindingData data, string invocationId, int attempt, Func<string, string?> environment) => source switch
        {
            QueueSource => [.. payloads.Select(payload => QueueReader.Read(payload, data, invocationId))],
            StreamSource or DeviceSource => EventHubReader.Read(source, payloads, data, invocationId, attempt),
            TableSource => Many(payloads, invocationId, (payload, id) => CosmosReader.Read(payload, id, attempt)),
            EventSource => Many(payloads, invocationId, (payload, id) => EventGridReader.Read(payload, id, attempt)),
            StorageSource storage => Many(payloads, invocationId, (payload, id) => BlobEventReader.Read(storage, AzureNames.Container(storage.Name, environment), payload, id, attempt)),
            _ => throw new NotSupportedException($"There is no such source on Azure: {source.GetType().Name}."),
        };

    private static IReadOnlyList<ReceivedMessage> Many(IReadOnlyList<string> payloads, string invocationId, Func<string, string, IReadOnlyList<ReceivedMessage>> read) =>
        payloads.Count == 1 ? read(payloads[0], invocationId) : [.. payloads.SelectMany((payload, index) => read(payload, $"{invocationId}/{index}"))];
}
