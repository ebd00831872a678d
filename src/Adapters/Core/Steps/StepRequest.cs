using System.Buffers;
using System.Text;
using System.Text.Json;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>The request to a <see cref="StepsFunction"/>, on every cloud.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Input">The payload as JSON; <c>null</c> for none.</param>
/// <param name="RunId">The run, where the engine says so.</param>
/// <param name="Attempt">Which call this is, from 1.</param>
/// <param name="Key">What identifies the call; <see langword="null"/> for a step without <see cref="IdempotentAttribute"/>.</param>
/// <param name="Token">What completes the call, where the engine watches for signs of life instead of waiting for the answer; <see langword="null"/> otherwise.</param>
public sealed record StepRequest(string Step, ReadOnlyMemory<byte> Input, string? RunId, int Attempt, string? Key = null, string? Token = null)
{
    /// <summary>Reads <c>{"step": "Charge", "input": {...}, "run": "id", "attempt": 1, "key": "7"}</c>.</summary>
    /// <exception cref="FormatException">The text is no such request; the message says why.</exception>
    public static StepRequest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = WireJson.Parse(json);
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no Unicode
        {
            throw new FormatException("The step request is not valid JSON.", e);
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static StepRequest Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.String)
        {
            throw new FormatException("A step request has the form {\"step\": name, \"input\": payload}.");
        }

        ReadOnlyMemory<byte> input = root.TryGetProperty("input", out var payload)
            ? Encoding.UTF8.GetBytes(payload.GetRawText())
            : StepCall.NoOutput;
        return new StepRequest(
            step.GetString()!,
            input,
            root.TryGetProperty("run", out var run) && run.ValueKind == JsonValueKind.String ? run.GetString() : null,
            root.TryGetProperty("attempt", out var attempt) && attempt.ValueKind == JsonValueKind.Number && attempt.TryGetInt32(out var number) ? number : 1,
            root.TryGetProperty("key", out var key) ? IdempotencyKey.TextOf(key) : null,
            root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null);
    }

    /// <summary>The request as JSON.</summary>
    public JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(Input.Length + 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("step", Step);
            json.WritePropertyName("input");
            json.WriteRawValue(Input.Span);
            json.WriteString("run", RunId);
            json.WriteNumber("attempt", Attempt);
            if (Key is not null)
            {
                json.WriteString("key", Key);
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
