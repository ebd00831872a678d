using System.Buffers;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>What a custom handler answers: <c>{"Outputs": {binding: value}, "Logs": [..], "ReturnValue": value}</c>.</summary>
internal static class InvocationReply
{
    /// <summary>The answer of an invocation without an output.</summary>
    public static HttpReply Done { get; } = HttpReply.JsonText(200, """{"Outputs":{},"Logs":[],"ReturnValue":null}"""u8.ToArray());

    /// <summary>The answer of an HTTP function, as the output binding takes it.</summary>
    /// <remarks>
    /// The binding's headers are an object, so that a header of several values is joined by commas, and its body is a text. Requests that the host forwards
    /// know neither limit.
    /// </remarks>
    public static HttpReply Http(string binding, HttpReply reply)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + reply.Body.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("Outputs"u8);
            json.WriteStartObject(binding);
            json.WriteNumber("statusCode"u8, reply.StatusCode);
            json.WriteStartObject("headers"u8);
            if (reply.ContentType is not null)
            {
                json.WriteString("Content-Type"u8, reply.ContentType);
            }

            foreach (var group in reply.Headers.GroupBy(static header => header.Key, StringComparer.OrdinalIgnoreCase))
            {
                json.WriteString(group.Key, string.Join(", ", group.Select(static header => header.Value)));
            }

            json.WriteEndObject();
            json.WriteString("body"u8, Encoding.UTF8.GetString(reply.Body.Span));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("Logs"u8);
            json.WriteEndArray();
            json.WriteNull("ReturnValue"u8);
            json.WriteEndObject();
        }

        return HttpReply.JsonText(200, buffer.WrittenMemory);
    }
}
