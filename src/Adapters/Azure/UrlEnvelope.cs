using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>A request of which the Functions host tells the method, the URL, the headers and the body.</summary>
internal sealed class UrlEnvelope(string method, Uri url, IReadOnlyDictionary<string, StringValues> headers, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> routeValues)
    : HttpEnvelope
{
    private Dictionary<string, StringValues>? _query;

    public override string Method => method;

    public override string Path => PathOf(url);

    public override ReadOnlyMemory<byte> Body => body;

    public override string? Route(string name) => routeValues.GetValueOrDefault(name);

    public override string? Query(string name) => Values(name) is [var first, ..] ? first : null;

    public override IReadOnlyList<string> QueryAll(string name) => [.. Values(name).Select(static value => value ?? "")];

    public override string? Header(string name) => headers.TryGetValue(name, out var values) ? string.Join(',', values.AsEnumerable()) : null;

    /// <summary>The decoded path, but for <c>%2F</c>: an encoded slash separates no segments, here as in ASP.NET Core.</summary>
    public static string PathOf(Uri url) => Uri.UnescapeDataString(url.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));

    public static Dictionary<string, StringValues> Headers(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs)
        {
            headers[name] = StringValues.Concat(headers.GetValueOrDefault(name), value);
        }

        return headers;
    }

    private StringValues Values(string name) => (_query ??= QueryHelpers.ParseQuery(url.Query)).GetValueOrDefault(name);
}
