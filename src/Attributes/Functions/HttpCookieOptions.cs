namespace Portable;

/// <summary>How a caller keeps a cookie. The defaults are the careful ones: for this site, over TLS, not for scripts, until the browser closes.</summary>
public sealed record HttpCookieOptions
{
    /// <summary>How long it is kept; until the browser closes when <see langword="null"/>, no longer at all when zero.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Which paths it is sent to.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Which domain it is sent to, subdomains included; the answering host alone when <see langword="null"/>.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether it is sent over TLS only.</summary>
    public bool Secure { get; init; } = true;

    /// <summary>Whether scripts of the page cannot read it.</summary>
    public bool HttpOnly { get; init; } = true;

    /// <summary>Whether other sites' requests carry it: <c>Lax</c>, <c>Strict</c> or <c>None</c>.</summary>
    public string SameSite { get; init; } = "Lax";
}
