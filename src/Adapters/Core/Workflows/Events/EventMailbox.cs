using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>
/// What is known of one event of one run: who waits for it, what was raised before anybody waited, and what was last handed to whom.
/// </summary>
internal sealed record EventMailbox(string? Waiter, IReadOnlyList<string> Raised, string? ServedWaiter, string? ServedPayload)
{
    public static EventMailbox Empty { get; } = new(null, [], null, null);

    public static EventMailbox Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new EventMailbox(
            Text(root, "waiter"),
            root.TryGetProperty("raised", out var raised) ? [.. raised.EnumerateArray().Select(static payload => payload.GetString()!)] : [],
            Text(root, "servedWaiter"),
            Text(root, "servedPayload"));
    }

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("waiter", Waiter);
            json.WriteStartArray("raised");
            foreach (var payload in Raised)
            {
                json.WriteStringValue(payload); // as text: stores must not touch numbers
            }

            json.WriteEndArray();
            json.WriteString("servedWaiter", ServedWaiter);
            json.WriteString("servedPayload", ServedPayload);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
