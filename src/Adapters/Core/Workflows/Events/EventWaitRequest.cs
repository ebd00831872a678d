using System.Text.Json;

namespace Portable.Runtime;

/// <summary>
/// What a definition sends to the steps function when it begins to wait for an event:
/// <c>{"event": name, "run": id, "token": ...}</c> from Step Functions, <c>{"event": name, "run": id, "callback": url}</c> from Google Workflows.
/// </summary>
/// <param name="Name">The name of the event.</param>
/// <param name="RunId">The run.</param>
/// <param name="Waiter">The task token or the callback's address.</param>
/// <param name="GivesUp">Whether the wait is over: <c>"expired": true</c>.</param>
public sealed record EventWaitRequest(string Name, string RunId, string Waiter, bool GivesUp)
{
    /// <summary>Reads a request; <see langword="null"/> when it is another one.</summary>
    public static EventWaitRequest? TryParse(ReadOnlyMemory<byte> json)
    {
        // Almost every request is a step's: those are not parsed twice.
        if (json.Span.IndexOf("\"event\""u8) < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && !root.TryGetProperty("step", out _)
                && Text(root, "event") is { } name && Text(root, "run") is { } run && (Text(root, "token") ?? Text(root, "callback")) is { } waiter
                    ? new EventWaitRequest(name, run, waiter, root.TryGetProperty("expired", out var expired) && expired.ValueKind == JsonValueKind.True)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
