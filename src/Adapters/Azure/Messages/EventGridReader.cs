using System.Globalization;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// Events of Event Grid in either of its schemas, CloudEvents 1.0 and its own, one by one or as an array; blob events of storage accounts among them.
/// An event that is malformed stays a message without description, which no reader takes: it is poison, not a crash.
/// </summary>
internal static class EventGridReader
{
    private static readonly HashSet<string> s_core = new(StringComparer.Ordinal)
    {
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data", "data_base64", "dataversion",
    };

    public static IReadOnlyList<ReceivedMessage> Read(string payload, string invocationId, int attempt)
    {
        var json = Json.Parse(payload);
        if (json.ValueKind != JsonValueKind.Array)
        {
            return [One(json, payload, invocationId, attempt)];
        }

        var index = 0;
        return [.. json.EnumerateArray().Select(item => One(item, null, $"{invocationId}/{(index++).ToString(CultureInfo.InvariantCulture)}", attempt))];
    }

    private static ReceivedMessage One(JsonElement json, string? payload, string invocationId, int attempt)
    {
        var read = Json.Member(json, "specversion").ValueKind != JsonValueKind.Undefined ? CloudEvent(json, attempt) : GridEvent(json, attempt);
        return read ?? new ReceivedMessage(invocationId, payload is null ? Json.Utf8Of(json) : Encoding.UTF8.GetBytes(payload), attempt);
    }

    private static ReceivedMessage? CloudEvent(JsonElement json, int attempt)
    {
        if (Json.Text(json, "specversion") != "1.0"
            || Json.Text(json, "id") is not { Length: > 0 } id
            || Json.Text(json, "source") is not { Length: > 0 } source
            || Json.Text(json, "type") is not { Length: > 0 } type
            || Version(Json.Member(json, "dataversion")) is not { } version
            || Data(json) is not { } data)
        {
            return null;
        }

        var description = new EventDescription(source, type, version, Json.Text(json, "subject"), Json.Text(json, "datacontenttype"), Json.Text(json, "dataschema"));
        return new ReceivedMessage(id, data, attempt, Extensions(json), BindingData.ReadTime(Json.Text(json, "time")), description);
    }

    /// <summary>Event Grid's own schema: <c>topic</c>, <c>subject</c>, <c>eventType</c>, <c>eventTime</c>, <c>id</c>, <c>data</c>, <c>dataVersion</c>.</summary>
    private static ReceivedMessage? GridEvent(JsonElement json, int attempt)
    {
        if (Json.Text(json, "id") is not { Length: > 0 } id
            || Json.Text(json, "eventType") is not { Length: > 0 } type
            || Version(Json.Member(json, "dataVersion")) is not { } version)
        {
            return null;
        }

        var data = Json.Member(json, "data");
        var description = new EventDescription(Json.Text(json, "topic") ?? "", type, version, Json.Text(json, "subject"), "application/json");
        return new ReceivedMessage(id, data.ValueKind == JsonValueKind.Undefined ? default : Json.Utf8Of(data), attempt, EnqueuedAt: BindingData.ReadTime(Json.Text(json, "eventTime")), Detail: description);
    }

    private static ReadOnlyMemory<byte>? Data(JsonElement json)
    {
        if (Json.Member(json, "data_base64") is { ValueKind: JsonValueKind.String } encoded)
        {
            return encoded.TryGetBytesFromBase64(out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
        }

        var data = Json.Member(json, "data");
        return data.ValueKind == JsonValueKind.Undefined ? ReadOnlyMemory<byte>.Empty : Json.Utf8Of(data);
    }

    /// <summary>
    /// The version of the payload: an integer, as number or text, or <c>2.0</c>, of which the first part counts; 1 when absent or empty, as storage
    /// accounts leave it. <see langword="null"/> when it is none.
    /// </summary>
    private static int? Version(JsonElement json)
    {
        if (BindingData.TextOf(json) is not { Length: > 0 } text)
        {
            return json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || Json.Text(json) is "" ? 1 : null;
        }

        var end = text.IndexOf('.', StringComparison.Ordinal);
        return int.TryParse(end < 0 ? text : text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;
    }

    private static Dictionary<string, string>? Extensions(JsonElement json)
    {
        Dictionary<string, string>? attributes = null;
        foreach (var member in json.EnumerateObject())
        {
            if (!s_core.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                && BindingData.TextOf(member.Value) is { } text)
            {
                (attributes ??= new(StringComparer.OrdinalIgnoreCase))[member.Name] = text;
            }
        }

        return attributes;
    }
}
