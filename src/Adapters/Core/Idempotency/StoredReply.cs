using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Portable.Runtime.Idempotency;

/// <summary>
/// An answer as stores keep it: <c>{"status":201,"type":"application/json","headers":[["Location","/1"]],"text":"..."}</c>, with <c>base64</c> in the
/// place of <c>text</c> where the body is no text. The body comes back byte for byte.
/// </summary>
internal static class StoredReply
{
    public static ReadOnlyMemory<byte> Write(HttpReply reply)
    {
        var buffer = new ArrayBufferWriter<byte>(128 + reply.Body.Length);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("status"u8, reply.StatusCode);
            if (reply.ContentType is { } type)
            {
                json.WriteString("type"u8, type);
            }

            if (reply.Headers.Count > 0)
            {
                json.WriteStartArray("headers"u8);
                foreach (var (name, value) in reply.Headers)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(name);
                    json.WriteStringValue(value);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            if (Utf8.IsValid(reply.Body.Span))
            {
                json.WriteString("text"u8, reply.Body.Span);
            }
            else
            {
                json.WriteBase64String("base64"u8, reply.Body.Span);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The answer; <see langword="null"/> when the bytes are none.</summary>
    public static HttpReply? Read(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            var root = document.RootElement;
            var headers = new List<KeyValuePair<string, string>>();
            foreach (var header in root.TryGetProperty("headers"u8, out var all) ? all.EnumerateArray() : default)
            {
                headers.Add(new(header[0].GetString()!, header[1].GetString()!));
            }

            var body = root.TryGetProperty("text"u8, out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : root.GetProperty("base64"u8).GetBytesFromBase64();
            return HttpReply.Of(root.GetProperty("status"u8).GetInt32(), root.TryGetProperty("type"u8, out var type) ? type.GetString() : null, body, headers);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
