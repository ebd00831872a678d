using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Portable.Runtime.Json;

namespace Portable.Azure;

/// <summary>
/// What the Functions host posts to a custom handler: <c>{"Data": {binding: value}, "Metadata": {name: value}}</c>. Objects are objects;
/// other values are texts that hold their JSON, so that a text arrives in quotes of its own.
/// </summary>
internal sealed class InvocationRequest
{
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
        try
        {
            using var document = WireJson.Parse(body);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Data", out var data) && data.ValueKind == JsonValueKind.Object
                ? new InvocationRequest(data, root.TryGetProperty("Metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? metadata : default)
                : throw new FormatException("An invocation has the form {\"Data\": {...}, \"Metadata\": {...}}.");
        }
        catch (JsonException e)
        {
            throw new FormatException("The invocation is not valid JSON.", e);
        }
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
            JsonValueKind.String => Encoding.UTF8.GetBytes(body.GetString()!),
            _ => Encoding.UTF8.GetBytes(body.GetRawText()),
        });
    }

    /// <summary>The text of a queue's message.</summary>
    /// <param name="binding">The name of the binding.</param>
    /// <exception cref="FormatException">The data has no such binding.</exception>
    public string Message(string binding) =>
        _data.TryGetProperty(binding, out var value) ? Scalar(value) : throw new FormatException($"The data has no '{binding}'.");

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
        if (text.Length < 2 || text[0] != '"')
        {
            return text;
        }

        try
        {
            using var inner = WireJson.Parse(text);
            return inner.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonElement Object(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            using var document = WireJson.Parse(value.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
