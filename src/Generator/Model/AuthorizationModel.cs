namespace Portable.Generator.Model;

/// <summary>Who lets requests in.</summary>
internal enum AuthorizationKind
{
    Anonymous,
    Jwt,
    ApiKey,
    Platform,
}

/// <summary>The policy of an HTTP function.</summary>
/// <param name="Kind">Who lets requests in.</param>
/// <param name="Name">The secret of the API key, or the platform's authoriser.</param>
/// <param name="Header">The header of the API key.</param>
/// <param name="Scope">Scopes that a token must have.</param>
/// <param name="Role">A role that a token must have.</param>
/// <param name="HasPackage">Whether the project references what validates tokens. Without it nobody is let in.</param>
internal sealed record AuthorizationModel(AuthorizationKind Kind, string? Name = null, string? Header = null, string? Scope = null, string? Role = null, bool HasPackage = true)
{
    /// <summary>The secret that it reads.</summary>
    public string? Secret => Kind == AuthorizationKind.ApiKey ? Name : null;

    /// <summary>Whether checking takes services.</summary>
    public bool UsesServices => Kind is AuthorizationKind.Jwt or AuthorizationKind.ApiKey;
}
