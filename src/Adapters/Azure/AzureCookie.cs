using Microsoft.Net.Http.Headers;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// A cookie of an answer, apart from its header. The isolated worker joins headers of one name by commas (facts: <c>GrpcHttpResponseData</c>), which several
/// <c>Set-Cookie</c> headers do not survive, and takes cookies by a list of their own instead; emitted code copies these into it.
/// </summary>
public sealed class AzureCookie
{
    private AzureCookie(SetCookieHeaderValue header) => Header = header;

    /// <summary>The name.</summary>
    public string Name => Header.Name.Value ?? "";

    /// <summary>The value without percent-encoding, which the host applies.</summary>
    public string Value => Uri.UnescapeDataString(Header.Value.Value ?? "");

    /// <summary>The domain.</summary>
    public string? Domain => Header.Domain.Value;

    /// <summary>The path.</summary>
    public string? Path => Header.Path.Value;

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Expires => Header.Expires;

    /// <summary>How long it lasts, in seconds.</summary>
    public double? MaxAge => Header.MaxAge?.TotalSeconds;

    /// <summary>Whether it is sent over HTTPS only.</summary>
    public bool Secure => Header.Secure;

    /// <summary>Whether scripts cannot see it.</summary>
    public bool HttpOnly => Header.HttpOnly;

    /// <summary>The number of the worker's <c>SameSite</c>: 0 not stated, 1 <c>Lax</c>, 2 <c>Strict</c>, 3 <c>None</c>.</summary>
    public int SameSite => Header.SameSite switch
    {
        SameSiteMode.Lax => 1,
        SameSiteMode.Strict => 2,
        SameSiteMode.None => 3,
        _ => 0,
    };

    private SetCookieHeaderValue Header { get; }

    /// <summary>The cookies of an answer that sets several; none where one header carries them as it is.</summary>
    public static IReadOnlyList<AzureCookie> Several(HttpReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var texts = reply.Headers.Where(static header => IsCookie(header.Key)).Select(static header => header.Value).ToList();
        return texts.Count > 1 && SetCookieHeaderValue.TryParseStrictList(texts, out var cookies) ? [.. cookies.Select(static cookie => new AzureCookie(cookie))] : [];
    }

    /// <summary>Whether a header is one that sets a cookie.</summary>
    public static bool IsCookie(string header) => string.Equals(header, HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase);
}
