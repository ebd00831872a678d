using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>
/// How a step's failure travels between processes, on every engine: <c>{"code": ..., "message": ..., "data": ...}</c>.
/// </summary>
/// <param name="Code">The error code.</param>
/// <param name="Message">What happened.</param>
/// <param name="Data">Data as JSON text, or <see langword="null"/>.</param>
public sealed record StepFailure(string Code, string Message, string? Data = null)
{
    /// <summary>The failure that an exception stands for.</summary>
    /// <param name="exception">What the step threw.</param>
    /// <param name="timedOut">Whether the step's own timeout had been reached.</param>
    public static StepFailure From(Exception exception, bool timedOut = false) => exception switch
    {
        StepFailed failed => new(failed.Code, failed.Message, failed.FailureData),
        OperationCanceledException when timedOut => new(StepFailed.TimeoutCode, "The step took longer than its timeout."),
        _ => new(SimpleName(exception.GetType()), exception.Message),
    };

    /// <summary>The exception that workflow code catches.</summary>
    public StepFailed ToException() => new(Code, Message, Data);

    /// <summary>
    /// The failure as one line of JSON. Colons and spaces inside texts are escaped, so that no <c>": "</c> stands in it:
    /// some hosts cut an exception's message there (shared fact: Durable's WebJobs extension).
    /// </summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteText(json, "code", Code);
            WriteText(json, "message", Message);
            if (Data is null)
            {
                json.WriteNull("data");
            }
            else
            {
                // As text, not as JSON: numbers must survive engines that read JSON numbers as doubles.
                WriteText(json, "data", Data);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Finds a failure in a text that contains its JSON, such as an exception's message.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    public static StepFailure? Find(string? text)
    {
        var start = text?.IndexOf("{\"code\":", StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(text![start..]);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                return null;
            }

            using (document)
            {
                var root = document.RootElement;
                return new StepFailure(
                    root.GetProperty("code").GetString() ?? "",
                    root.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "",
                    root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String ? data.GetString() : null);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string SimpleName(Type type)
    {
        var name = type.Name;
        var generic = name.IndexOf('`');
        return generic < 0 ? name : name[..generic];
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue("\"" + JsonEncodedText.Encode(text).ToString().Replace(": ", "\\u003a ", StringComparison.Ordinal) + "\"");
    }
}
