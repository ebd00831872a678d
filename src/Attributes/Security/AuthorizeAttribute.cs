namespace Portable;

/// <summary>
/// Lets in requests with a JSON Web Token in <c>Authorization: Bearer</c>, whose signature, issuer, audience and time are checked before anything of the request is read. The issuer and
/// the audience are configuration, <c>Portable:Jwt:Issuer</c> and <c>Portable:Jwt:Audience</c>; the keys come from the issuer's own metadata. Needs the package
/// <c>Portable.Jwt</c>. On a class it holds for all its HTTP functions that do not say otherwise.
/// </summary>
/// <remarks>Not the attribute of the same name in <c>Microsoft.AspNetCore.Authorization</c>, which Portable does not read: in a file that has both namespaces write <c>[Portable.Authorize]</c>.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuthorizeAttribute : Attribute
{
    /// <summary>Scopes that the token must have, all of them, parted by spaces; none when <see langword="null"/>. They are looked for in the claims <c>scope</c> and <c>scp</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>A role that the token must have; none when <see langword="null"/>. It is looked for in the claims <c>roles</c> and <c>role</c>.</summary>
    public string? Role { get; set; }
}
