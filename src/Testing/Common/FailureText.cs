using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>Finds a step failure inside the texts in which engines carry it.</summary>
internal static class FailureText
{
    /// <summary>Looks for the failure's JSON in the text itself, and in the strings of the JSON that the text may be.</summary>
    public static StepFailure? Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (StepFailure.Find(text) is { } failure)
        {
            return failure;
        }

        if (text[0] != '{')
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Find(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StepFailure? Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when IsFailure(value) => StepFailure.Find(value.GetRawText()) ?? Read(value),
        JsonValueKind.Object => value.EnumerateObject().Select(static member => Find(member.Value)).FirstOrDefault(static found => found is not null),
        JsonValueKind.String => value.GetString() is ['{', ..] or ['S', ..] ? Find(value.GetString()) : null,
        _ => null,
    };

    private static bool IsFailure(JsonElement value) =>
        value.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
        && value.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
        && value.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    private static StepFailure Read(JsonElement value) =>
        new(value.GetProperty("code").GetString()!, value.GetProperty("message").GetString()!, value.GetProperty("data").GetString());
}
