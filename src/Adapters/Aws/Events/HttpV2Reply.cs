using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>Writes the answer to a request in payload format 2.0.</summary>
internal static class HttpV2Reply
{
    // The gateway decodes the JSON, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the answer.</summary>
    public static void Write(IBufferWriter<byte> output, HttpReply reply)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, reply.StatusCode);
        WriteHeaders(json, reply);
        if (!reply.Body.IsEmpty)
        {
            if (IsText(reply.ContentType) && Utf8.IsValid(reply.Body.Span))
            {
                json.WriteString("body"u8, reply.Body.Span);
            }
            else
            {
                json.WriteBase64String("body"u8, reply.Body.Span);
                json.WriteBoolean("isBase64Encoded"u8, true);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, HttpReply reply)
    {
        var headers = reply.Headers;
        if (reply.ContentType is null && headers.Count == 0)
        {
            return;
        }

        var cookies = 0;
        json.WriteStartObject("headers"u8);
        if (reply.ContentType is { } type)
        {
            json.WriteString("content-type"u8, type);
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (IsCookie(headers[i].Key))
            {
                cookies++;
            }
            else if (IsFirst(headers, i))
            {
                json.WriteString(headers[i].Key, Joined(headers, i));
            }
        }

        json.WriteEndObject();
        if (cookies > 0)
        {
            json.WriteStartArray("cookies"u8);
            foreach (var header in headers)
            {
                if (IsCookie(header.Key))
                {
                    json.WriteStringValue(header.Value);
                }
            }

            json.WriteEndArray();
        }
    }

    private static bool IsCookie(string name) => name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase);

    private static bool IsFirst(IReadOnlyList<KeyValuePair<string, string>> headers, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (headers[i].Key.Equals(headers[index].Key, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    // The format has one text per name.
    private static string Joined(IReadOnlyList<KeyValuePair<string, string>> headers, int index)
    {
        var value = headers[index].Value;
        for (var i = index + 1; i < headers.Count; i++)
        {
            if (headers[i].Key.Equals(headers[index].Key, StringComparison.OrdinalIgnoreCase))
            {
                value = value + ", " + headers[i].Value;
            }
        }

        return value;
    }

    private static bool IsText(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).TrimEnd();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
    }
}
