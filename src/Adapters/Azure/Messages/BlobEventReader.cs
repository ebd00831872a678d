using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// Changes of blobs as storage accounts tell Event Grid of them: type <c>Microsoft.Storage.BlobCreated</c> or <c>BlobDeleted</c>, subject
/// <c>/blobServices/default/containers/CONTAINER/blobs/NAME</c> (documentation: "Azure Blob Storage as an Event Grid source").
/// </summary>
internal static class BlobEventReader
{
    private const string Containers = "/blobServices/default/containers/";
    private const string Blobs = "/blobs/";

    /// <summary>
    /// The changes in the function's container. A subscription covers the whole account unless it is filtered, so what happens elsewhere, or is of another
    /// type, is left out: it is no failure.
    /// </summary>
    public static IReadOnlyList<ReceivedMessage> Read(StorageSource source, string container, string payload, string invocationId, int attempt)
    {
        var messages = new List<ReceivedMessage>();
        foreach (var message in EventGridReader.Read(payload, invocationId, attempt))
        {
            if (message.Detail is not EventDescription description)
            {
                messages.Add(message); // no event at all: poison
            }
            else if (Kind(description.Type) is { } kind)
            {
                if (Change(message, description, kind) is not { } change)
                {
                    messages.Add(message with { Detail = null });
                }
                else if (change.Bucket == container || change.Bucket == source.Name)
                {
                    messages.Add(new ReceivedMessage(message.Id, default, attempt, message.Attributes, message.EnqueuedAt, new ObjectChanged(change)));
                }
            }
        }

        return messages;
    }

    private static StorageChange? Kind(string type) => type switch
    {
        "Microsoft.Storage.BlobCreated" => StorageChange.Created,
        "Microsoft.Storage.BlobDeleted" => StorageChange.Deleted,
        _ => null,
    };

    private static StorageEvent? Change(ReceivedMessage message, EventDescription description, StorageChange kind)
    {
        if (description.Subject is not { } subject || !subject.StartsWith(Containers, StringComparison.Ordinal))
        {
            return null;
        }

        var path = subject.AsSpan(Containers.Length);
        var end = path.IndexOf(Blobs, StringComparison.Ordinal);
        if (end <= 0 || end + Blobs.Length == path.Length)
        {
            return null;
        }

        var data = Json.Parse(message.Body);
        long? size = Json.Member(data, "contentLength") is { ValueKind: JsonValueKind.Number } length && length.TryGetInt64(out var bytes) && bytes >= 0 ? bytes : null;
        return new StorageEvent(
            message.Id, kind, path[..end].ToString(), path[(end + Blobs.Length)..].ToString(), size, Json.Text(data, "eTag")?.Trim('"'), Json.Text(data, "contentType"), message.EnqueuedAt);
    }
}
