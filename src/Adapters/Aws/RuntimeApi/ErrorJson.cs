using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.RuntimeApi;

/// <summary>
/// The error document of Lambda: <c>{"errorType", "errorMessage", "stackTrace": [...], "cause": {...}}</c>. The platform takes 256 KB
/// of it; the budgets below stay well under that.
/// </summary>
internal static class ErrorJson
{
    // JSON may write a character as six bytes, so that these limits together stay below 256 KB.
    private const int MaxMessage = 8 * 1024;
    private const int MaxStack = 12 * 1024;
    private const int MaxTotal = 36 * 1024;
    private const int MaxFailure = 96 * 1024; // ASCII, of which quotes and backslashes double
    private const int MaxDepth = 8;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The simple name of an exception's type, as Lambda's own .NET runtime reports it.</summary>
    public static string TypeName(Exception exception) => exception.GetType().Name;

    /// <summary>Writes an error; the exception, where there is one, adds its stack trace and causes.</summary>
    public static void Write(IBufferWriter<byte> output, string errorType, string errorMessage, Exception? exception)
    {
        using var json = new Utf8JsonWriter(output, Options);
        var left = MaxTotal;
        Write(json, errorType, errorMessage, exception, ref left, depth: 0);
    }

    /// <summary>
    /// Writes the failure of a step: its code is the type, so that the engine's retry filters and catchers see it, and the whole
    /// failure as JSON is the message. A failure that is too large loses its data before it loses its code.
    /// </summary>
    public static void Write(IBufferWriter<byte> output, StepFailure failure)
    {
        var message = failure.ToJson();
        if (message.Length > MaxFailure)
        {
            var left = MaxTotal;
            message = new StepFailure(Cut(failure.Code, 256, ref left), Cut(failure.Message, MaxMessage, ref left)).ToJson();
        }

        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("errorType"u8, failure.Code);
        json.WriteString("errorMessage"u8, message);
        json.WriteStartArray("stackTrace"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string errorType, string errorMessage, Exception? exception, ref int left, int depth)
    {
        json.WriteStartObject();
        json.WriteString("errorType"u8, Cut(errorType, 256, ref left));
        json.WriteString("errorMessage"u8, Cut(errorMessage, MaxMessage, ref left));
        json.WriteStartArray("stackTrace"u8);
        WriteStack(json, exception?.StackTrace, ref left);
        json.WriteEndArray();
        if (depth < MaxDepth && left > 0)
        {
            if (exception is AggregateException { InnerExceptions: { Count: > 0 } inner })
            {
                json.WriteStartArray("causes"u8);
                foreach (var cause in inner)
                {
                    if (left > 0)
                    {
                        Write(json, TypeName(cause), cause.Message, cause, ref left, depth + 1);
                    }
                }

                json.WriteEndArray();
            }
            else if (exception?.InnerException is { } cause)
            {
                json.WritePropertyName("cause"u8);
                Write(json, TypeName(cause), cause.Message, cause, ref left, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteStack(Utf8JsonWriter json, string? stack, ref int left)
    {
        var own = Math.Min(MaxStack, left);
        foreach (var line in stack.AsSpan().EnumerateLines())
        {
            var frame = line.Trim();
            if (frame.Length > own)
            {
                break;
            }

            if (!frame.IsEmpty)
            {
                json.WriteStringValue(frame);
                own -= frame.Length + 8;
                left -= frame.Length + 8;
            }
        }
    }

    private static string Cut(string text, int limit, ref int left)
    {
        limit = Math.Max(0, Math.Min(limit, left));
        left -= Math.Min(text.Length, limit) + 64;
        if (text.Length <= limit)
        {
            return text;
        }

        // Not through a surrogate pair: half a character is no text.
        Debug.Assert(limit < text.Length, "Only a longer text is cut.");
        return string.Concat(text.AsSpan(0, limit > 0 && char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit), "...");
    }
}
