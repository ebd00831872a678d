using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Portable.Azure;

/// <summary>
/// What the Functions host posts to a custom handler: <c>{"Data": {binding: value}, "Metadata": {name: value}}</c>. Objects are objects;
/// other values are texts that hold their JSON, so that a text arrives in quotes of its own.
/// </summary>
internal sealed class InvocationRequest
{
    private const string SingleBinding = "message";
    private const string BatchBinding = "messages";

    private readonly JsonElement _data;
    private readonly JsonElement _metadata;

    private InvocationRequest(JsonElement data, JsonElement metadata)
    {
        _data = data;
        _metadata = metadata;
    }

    /// <summary>Reads the request.</summary>
    /// <exception cref="FormatException">It has another form; the message says which.</exception>
    public static InvocationRequest Parse(ReadOnlyMemory<byte> body)
    {
        var root = Json.Parse(body);
        return root.ValueKind == JsonValueKind.Undefined ? throw new FormatException("The invocation is not valid JSON.")
            : Json.Member(root, "Data") is { ValueKind: JsonValueKind.Object } data ? new InvocationRequest(data, Json.Member(root, "Metadata"))
            : throw new FormatException("An invocation has the form {\"Data\": {...}, \"Metadata\": {...}}.");
    }

    /// <summary>The request of an HTTP trigger.</summary>
    /// <param name="binding">The name of the binding.</param>
    /// <exception cref="FormatException">The data has no such request.</exception>
    public (string Method, Uri Url, Dictionary<string, StringValues> Headers, ReadOnlyMemory<byte> Body) Http(string binding)
    {
        var request = _data.TryGetProperty(binding, out var value) ? Object(value) : default;
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("Method", out var method) || method.ValueKind != JsonValueKind.String
            || !request.TryGetProperty("Url", out var address) || !Uri.TryCreate(address.ToString(), UriKind.Absolute, out var url))
        {
            throw new FormatException($"'{binding}' is not an HTTP request with Method and Url.");
        }

        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        if (request.TryGetProperty("Headers", out var all) && all.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in all.EnumerateObject())
            {
                headers[header.Name] = header.Value.ValueKind == JsonValueKind.Array
                    ? new StringValues([.. header.Value.EnumerateArray().Select(static item => item.ToString())])
                    : header.Value.ToString();
            }
        }

        var body = request.TryGetProperty("Body", out var content) ? content : default;
        return (method.GetString()!, url, headers, body.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => default,
            JsonValueKind.String => IsEncoded(headers) && body.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(body.GetString()!),
            _ => Encoding.UTF8.GetBytes(body.GetRawText()),
        });
    }

    /// <summary>The media types whose bodies the host keeps as bytes (facts: <c>IsMediaTypeOctetOrMultipart</c>), which are base64 in JSON.</summary>
    private static bool IsEncoded(Dictionary<string, StringValues> headers) =>
        headers.TryGetValue("Content-Type", out var values) && values is [{ } type, ..]
        && (type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) || type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of a trigger of messages: one text under <c>message</c>, or the texts of a batch under <c>messages</c>.</summary>
    /// <exception cref="FormatException">The data has neither.</exception>
    public IReadOnlyList<string> Payloads()
    {
        if (_data.TryGetProperty(SingleBinding, out var one))
        {
            return [Scalar(one)];
        }

        if (!_data.TryGetProperty(BatchBinding, out var many))
        {
            throw new FormatException($"The data has no '{SingleBinding}' and no '{BatchBinding}'.");
        }

        // An array of texts is no object, so that the host sends it as a text with the array's JSON.
        var batch = many.ValueKind == JsonValueKind.String ? Json.Parse(many.GetString()) : many;
        return batch.ValueKind == JsonValueKind.Array
            ? [.. batch.EnumerateArray().Select(static item => BindingData.TextOf(item) ?? "null")]
            : throw new FormatException($"'{BatchBinding}' is not an array.");
    }

    /// <summary>How often the host's retry policy has run this invocation before.</summary>
    public int RetryCount =>
        Json.Member(Json.Member(_metadata, "RetryContext"), "RetryCount") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var retries) && retries > 0 ? retries : 0;

    /// <summary>What the host tells of the trigger.</summary>
    public Dictionary<string, object?> Metadata()
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (_metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in _metadata.EnumerateObject())
            {
                values[member.Name] = Scalar(member.Value);
            }
        }

        return values;
    }

    /// <summary>The text that a value stands for: the JSON inside a text, when it is a JSON string, is unwrapped once.</summary>
    private static string Scalar(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value.GetRawText();
        }

        var text = value.GetString()!;
        return text is ['"', .., '"'] ? Json.Text(Json.Parse(text)) ?? text : text;
    }

    private static JsonElement Object(JsonElement value) => value.ValueKind == JsonValueKind.String && Json.Parse(value.GetString()) is { ValueKind: not JsonValueKind.Undefined } inner ? inner : value;
}
