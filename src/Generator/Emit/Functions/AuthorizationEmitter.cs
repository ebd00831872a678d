using Portable.Generator.Model;

namespace Portable.Generator.Emit.Functions;

/// <summary>Writes who may call an HTTP function.</summary>
internal static class AuthorizationEmitter
{
    /// <summary>The initializer of the definition: <c> { Authorization = new ...() }</c>; empty when everybody may.</summary>
    public static string Initializer(AuthorizationModel? policy)
    {
        var expression = policy switch
        {
            { Kind: AuthorizationKind.Jwt, HasPackage: true } => $"new global::Portable.Jwt.JwtAuthorization({Text(policy.Scope)}, {Text(policy.Role)})",
            { Kind: AuthorizationKind.Jwt } => "new global::Portable.Runtime.MissingAuthorization(\"Portable.Jwt\")",
            { Kind: AuthorizationKind.ApiKey } => $"new global::Portable.Runtime.ApiKeyAuthorization({Text(policy.Name)}, {Text(policy.Header)})",
            { Kind: AuthorizationKind.Platform } => $"new global::Portable.Runtime.PlatformAuthorization({Text(policy.Name)})",
            _ => null,
        };
        return expression is null ? "" : $" {{ Authorization = {expression} }}";
    }

    private static string Text(string? text) => text is null ? "null" : CodeFile.Text(text);
}
