using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>The answer to a request, as adapters write it into their envelope.</summary>
public sealed class HttpReply
{
    private const string JsonType = "application/json; charset=utf-8";

    private HttpReply(int statusCode, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
        Headers = headers;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The content type; <see langword="null"/> when there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Further headers, in order; a name may appear more than once. The content type is not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>An answer that was kept.</summary>
    internal static HttpReply Of(int statusCode, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers) => new(statusCode, contentType, body, headers);

    /// <summary>A status without a body.</summary>
    public static HttpReply Status(int statusCode) => new(statusCode, null, default, []);

    /// <summary>A text; the answer of a handler that returns a string.</summary>
    public static HttpReply Text(string? value) => new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(value ?? ""), []);

    /// <summary>A JSON body; the answer of a handler that returns a value.</summary>
    public static HttpReply Json<T>(T value, JsonTypeInfo<T> type) => new(200, JsonType, JsonSerializer.SerializeToUtf8Bytes(value, type), []);

    /// <summary>A body that is JSON already.</summary>
    public static HttpReply JsonText(int statusCode, ReadOnlyMemory<byte> json) => new(statusCode, JsonType, json, []);

    /// <summary>The answer of a handler that returns an <see cref="HttpResult"/>.</summary>
    public static HttpReply From(HttpResult result) => result.IsProblem
        ? Problem(result.StatusCode, result.Detail, result.Title, result.Headers)
        : new(result.StatusCode, null, default, result.Headers);

    /// <summary>The answer of a handler that returns an <see cref="HttpResult{T}"/>.</summary>
    public static HttpReply From<T>(HttpResult<T> result, JsonTypeInfo<T> type)
    {
        if (result.HasValue)
        {
            return new(result.StatusCode, JsonType, JsonSerializer.SerializeToUtf8Bytes(result.Value!, type), result.Headers);
        }

        var reply = From(result.Other!);
        return new(reply.StatusCode, reply.ContentType, reply.Body, result.Headers);
    }

    /// <summary>A problem (RFC 9457) as <c>application/problem+json</c>.</summary>
    public static HttpReply Problem(int statusCode, string? detail = null, string? title = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null) =>
        new(statusCode, "application/problem+json; charset=utf-8", ProblemJson.Write(statusCode, title, detail, []), headers ?? []);

    /// <summary>400 with one entry per parameter that could not be bound.</summary>
    public static HttpReply BindingProblem(IReadOnlyList<BindingError> errors) =>
        new(400, "application/problem+json; charset=utf-8", ProblemJson.Write(400, null, "The request does not fit the function's parameters.", errors), []);
}
