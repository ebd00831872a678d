using System.Text.Json;

namespace Portable.Azure;

/// <summary>What the handler needs to know of <c>host.json</c>.</summary>
internal static class HostJson
{
    /// <summary>Whether the host forwards HTTP requests as they are instead of describing them in an invocation.</summary>
    /// <param name="folders">Where the file may be, in order; the first one found counts.</param>
    /// <exception cref="FormatException">The file is not valid JSON.</exception>
    public static bool ForwardsHttp(IEnumerable<string> folders)
    {
        var path = folders.Select(static folder => Path.Combine(folder, "host.json")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.TryGetProperty("customHandler", out var handler) && (IsTrue(handler, "enableForwardingHttpRequest") || IsTrue(handler, "enableProxyingHttpRequest"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path} is not valid JSON: {e.Message}", e);
        }
    }

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
