using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Portable.Azure.Outputs;

/// <summary>Signs requests to the queue and blob services with the account's key (documentation: "Authorize with Shared Key").</summary>
internal static class SharedKey
{
    /// <summary>Signs a request, which must be complete but for this.</summary>
    public static void Sign(HttpRequestMessage request, string account, byte[] key)
    {
        var content = request.Content?.Headers;
        var text = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append('\n') // Content-Encoding
            .Append('\n') // Content-Language
            .Append(content?.ContentLength is > 0 and var length ? length.ToString(CultureInfo.InvariantCulture) : "").Append('\n')
            .Append('\n') // Content-MD5
            .Append(content?.ContentType?.ToString()).Append('\n')
            .Append("\n\n\n\n\n\n"); // Date, which x-ms-date stands for, If-Modified-Since, If-Match, If-None-Match, If-Unmodified-Since, Range
        foreach (var (name, values) in request.Headers
            .Where(static header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(static header => (Name: header.Key.ToLowerInvariant(), header.Value))
            .OrderBy(static header => header.Name, StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(string.Join(',', values)).Append('\n');
        }

        text.Append('/').Append(account).Append(request.RequestUri!.AbsolutePath);
        foreach (var (name, value) in Query(request.RequestUri).OrderBy(static pair => pair.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account}:{Signature(key, text.ToString())}");
    }

    /// <summary>The signature of a text: HMAC-SHA256 in base64.</summary>
    public static string Signature(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<(string Name, string Value)> Query(Uri uri) => uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair =>
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]).ToLowerInvariant(), equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]));
    });
}
