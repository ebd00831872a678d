using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;

namespace Portable.Aws.Events.Http;

/// <summary>Writes the answer to a request in the form of the front door that sent it.</summary>
internal static class HttpReplyJson
{
    // The gateway decodes the JSON, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an answer with its body; one that is larger than the front door takes becomes a 500 that says so.</summary>
    public static void Write(PostBuffer output, HttpReply reply, HttpReplyForm form)
    {
        if (reply.Body.Length <= form.MaxBytes)
        {
            WriteAll(output, reply, form);
            if (output.Body.Length <= form.MaxBytes)
            {
                return;
            }

            output.Reset();
        }

        WriteAll(output, HttpReply.TooLarge(form.MaxBytes), form);
    }

    /// <summary>
    /// Writes what stands before a streamed body: <c>{"statusCode", "headers", "cookies"}</c> and eight zero bytes.
    /// </summary>
    public static void WritePrelude(PostBuffer output, HttpReply reply)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, reply.StatusCode);
            WriteHeaders(json, reply, HttpReplyForm.Streamed);
            json.WriteEndObject();
        }

        output.Write("\0\0\0\0\0\0\0\0"u8);
    }

    private static void WriteAll(PostBuffer output, HttpReply reply, HttpReplyForm form)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, reply.StatusCode);
        if (form.HasDescription)
        {
            json.WriteString("statusDescription"u8, string.Create(CultureInfo.InvariantCulture, $"{reply.StatusCode} {StatusPhrases.Of(reply.StatusCode)}"));
        }

        WriteHeaders(json, reply, form);
        var text = reply.Body.IsEmpty || (IsText(reply.ContentType) && Utf8.IsValid(reply.Body.Span));
        if (reply.Body.IsEmpty)
        {
            // Nothing to say: a front door takes no body for an empty one.
        }
        else if (text)
        {
            json.WriteString("body"u8, reply.Body.Span);
        }
        else
        {
            json.WriteBase64String("body"u8, reply.Body.Span);
        }

        if (form.HasDescription || !text)
        {
            json.WriteBoolean("isBase64Encoded"u8, !text);
        }

        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, HttpReply reply, HttpReplyForm form)
    {
        var headers = reply.Headers;
        if (reply.ContentType is null && headers.Count == 0)
        {
            if (form.HasDescription)
            {
                json.WriteStartObject(form.Repeated == RepeatedHeaders.Lists ? "multiValueHeaders"u8 : "headers"u8);
                json.WriteEndObject();
            }

            return;
        }

        if (form.Repeated == RepeatedHeaders.Lists)
        {
            WriteLists(json, reply, form, all: true);
            return;
        }

        WriteSingle(json, reply, form);
        if (form.Repeated == RepeatedHeaders.Beside && HasRepeated(headers))
        {
            WriteLists(json, reply, form, all: false);
        }

        if (form.HasCookies)
        {
            WriteCookies(json, headers);
        }
    }

    private static void WriteSingle(Utf8JsonWriter json, HttpReply reply, HttpReplyForm form)
    {
        var headers = reply.Headers;
        var cookies = 0;
        json.WriteStartObject("headers"u8);
        if (reply.ContentType is { } type)
        {
            json.WriteString("content-type"u8, type);
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (IsCookie(headers[i].Key) && form.Repeated == RepeatedHeaders.Joined)
            {
                if (!form.HasCookies)
                {
                    json.WriteString(CookieName(cookies++), headers[i].Value);
                }
            }
            else if (IsFirst(headers, i) && (form.Repeated == RepeatedHeaders.Joined || !IsRepeated(headers, i)))
            {
                json.WriteString(headers[i].Key, Joined(headers, i));
            }
        }

        json.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter json, HttpReply reply, HttpReplyForm form, bool all)
    {
        var headers = reply.Headers;
        json.WriteStartObject("multiValueHeaders"u8);
        if (all && reply.ContentType is { } type)
        {
            json.WriteStartArray("content-type"u8);
            json.WriteStringValue(type);
            json.WriteEndArray();
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (!IsFirst(headers, i) || !(all || IsRepeated(headers, i)))
            {
                continue;
            }

            json.WriteStartArray(headers[i].Key);
            for (var other = i; other < headers.Count; other++)
            {
                if (IsSame(headers, i, other))
                {
                    json.WriteStringValue(headers[other].Value);
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCookies(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var any = false;
        foreach (var header in headers)
        {
            if (IsCookie(header.Key))
            {
                if (!any)
                {
                    json.WriteStartArray("cookies"u8);
                    any = true;
                }

                json.WriteStringValue(header.Value);
            }
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }

    // Names of headers do not mind their case, and JSON's names do: a way to several cookies where one value per name is all there is.
    private static string CookieName(int index)
    {
        const string Name = "set-cookie";
        return string.Create(Name.Length, index, static (span, number) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Name[i];
                if (char.IsAsciiLetter(Name[i]))
                {
                    span[i] = (number & 1) == 0 ? Name[i] : char.ToUpperInvariant(Name[i]);
                    number >>= 1;
                }
            }
        });
    }

    private static bool IsCookie(string name) => name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(IReadOnlyList<KeyValuePair<string, string>> headers, int left, int right) => headers[left].Key.Equals(headers[right].Key, StringComparison.OrdinalIgnoreCase);

    private static bool IsFirst(IReadOnlyList<KeyValuePair<string, string>> headers, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (IsSame(headers, i, index))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRepeated(IReadOnlyList<KeyValuePair<string, string>> headers, int index)
    {
        for (var i = index + 1; i < headers.Count; i++)
        {
            if (IsSame(headers, index, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasRepeated(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            if (IsRepeated(headers, i))
            {
                return true;
            }
        }

        return false;
    }

    private static string Joined(IReadOnlyList<KeyValuePair<string, string>> headers, int index)
    {
        var value = headers[index].Value;
        for (var i = index + 1; i < headers.Count; i++)
        {
            if (IsSame(headers, index, i))
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
