using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// A batch of the Cosmos DB change feed: a JSON array of documents as they are now. The feed does not tell insertions from modifications, keeps no
/// earlier version and leaves deletions out (documentation: "Azure Cosmos DB trigger for Azure Functions").
/// </summary>
internal static class CosmosReader
{
    public static IReadOnlyList<ReceivedMessage> Read(string payload, string invocationId, int attempt)
    {
        var json = Json.Parse(payload);
        var documents = json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToArray() : [json];
        var messages = new List<ReceivedMessage>(documents.Length);
        for (var i = 0; i < documents.Length; i++)
        {
            var document = documents[i];
            messages.Add(Json.Text(document, "id") is { Length: > 0 } key
                ? Change(document, key, attempt)
                : new ReceivedMessage($"{invocationId}/{i}", document.ValueKind == JsonValueKind.Undefined ? Encoding.UTF8.GetBytes(payload) : Json.Utf8Of(document), attempt));
        }

        return messages;
    }

    private static ReceivedMessage Change(JsonElement document, string key, int attempt)
    {
        // An id is unique within its logical partition, a resource id within the container; the log sequence number and the entity tag are new with each write.
        var version = BindingData.TextOf(Json.Member(document, "_lsn")) ?? Json.Text(document, "_etag")?.Trim('"');
        var id = $"{Json.Text(document, "_rid") ?? key}/{version}";
        DateTimeOffset? time = Json.Member(document, "_ts") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt64(out var epoch) && epoch is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(epoch)
            : null;
        return new ReceivedMessage(id, default, attempt, EnqueuedAt: time, Detail: new RowChanged(TableChangeKind.Written, key, default, Json.Utf8Of(document)));
    }
}
