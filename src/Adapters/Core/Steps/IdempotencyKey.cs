using System.Text.Json;

namespace Portable.Runtime;

/// <summary>What identifies a call of a step: a member of its payload, as text.</summary>
internal static class IdempotencyKey
{
    /// <summary>The key of a call; <see langword="null"/> when the step has none or the member has no value.</summary>
    public static string? Of(StepDefinition step, ReadOnlyMemory<byte> payload)
    {
        if (step.Key is not { } member)
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload);
        return document.RootElement.ValueKind != JsonValueKind.Object ? null
            : document.RootElement.TryGetProperty(member, out var value) ? TextOf(value)
            : step.KeyDefault;
    }

    /// <summary>A text as it is, a number by its digits.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
