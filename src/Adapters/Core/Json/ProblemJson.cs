using System.Buffers;
using System.Text.Json;

namespace Portable.Runtime.Json;

/// <summary>Problem details (RFC 9457), written by hand so that no type needs to be serialised.</summary>
internal static class ProblemJson
{
    public static ReadOnlyMemory<byte> Write(int status, string? title, string? detail, IReadOnlyList<BindingError> errors)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title"u8, title ?? Phrase(status));
            json.WriteNumber("status"u8, status);
            if (detail is not null)
            {
                json.WriteString("detail"u8, detail);
            }

            if (errors.Count > 0)
            {
                json.WriteStartObject("errors"u8);
                foreach (var group in errors.GroupBy(error => error.Parameter, StringComparer.Ordinal))
                {
                    json.WriteStartArray(group.Key);
                    foreach (var error in group)
                    {
                        json.WriteStringValue(error.Reason);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string Phrase(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    };
}
