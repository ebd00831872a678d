using System.Globalization;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws.Workflows;

/// <summary>
/// Mailboxes in a DynamoDB table with the key <c>id</c> (a text) and, if wanted, time to live on <c>expires</c>. The table's name is the
/// environment variable <c>PORTABLE_EVENTS_TABLE</c>.
/// </summary>
internal sealed class DynamoDbMailboxStore(AwsApi api, TimeProvider time, string? table = null) : IMailboxStore
{
    public const string TableVariable = "PORTABLE_EVENTS_TABLE";

    // A run lives for a year at most.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(366);

    public async ValueTask<StoredMailbox?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var name = table ?? Table();
        var body = AwsJson.Object(json =>
        {
            json.WriteString("TableName", name);
            json.WriteBoolean("ConsistentRead", true);
            json.WriteStartObject("Key");
            json.WriteStartObject("id");
            json.WriteString("S", key);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        using var answer = await api.CallAsync(AwsService.DynamoDb, "GetItem", body, cancellationToken).ConfigureAwait(false);
        return answer.RootElement.TryGetProperty("Item", out var item)
            ? new StoredMailbox(item.GetProperty("box").GetProperty("S").GetString()!, item.GetProperty("version").GetProperty("N").GetString()!)
            : null;
    }

    public async ValueTask<bool> WriteAsync(string key, string json, string? expectedVersion, CancellationToken cancellationToken)
    {
        var name = table ?? Table();
        var next = expectedVersion is null ? 1 : long.Parse(expectedVersion, CultureInfo.InvariantCulture) + 1;
        var body = AwsJson.Object(request =>
        {
            request.WriteString("TableName", name);
            request.WriteStartObject("Item");
            Attribute("id", "S", key);
            Attribute("box", "S", json);
            Attribute("version", "N", next.ToString(CultureInfo.InvariantCulture));
            Attribute("expires", "N", (time.GetUtcNow() + KeptFor).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.WriteEndObject();
            request.WriteString("ConditionExpression", expectedVersion is null ? "attribute_not_exists(id)" : "version = :expected");
            if (expectedVersion is not null)
            {
                request.WriteStartObject("ExpressionAttributeValues");
                Attribute(":expected", "N", expectedVersion);
                request.WriteEndObject();
            }

            void Attribute(string name, string type, string value)
            {
                request.WriteStartObject(name);
                request.WriteString(type, value);
                request.WriteEndObject();
            }
        });
        try
        {
            using var answer = await api.CallAsync(AwsService.DynamoDb, "PutItem", body, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AwsApiException e) when (e.Code == "ConditionalCheckFailedException")
        {
            return false;
        }
    }

    private static string Table() => Environment.GetEnvironmentVariable(TableVariable) is { Length: > 0 } found
        ? found
        : throw new InvalidOperationException($"{TableVariable} is not set: workflows that wait for events keep them in a DynamoDB table of that name.");
}
