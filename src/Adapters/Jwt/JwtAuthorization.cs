using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portable.Runtime;

namespace Portable.Jwt;

/// <summary>Lets in requests with a JSON Web Token; see <see cref="AuthorizeAttribute"/>. Refusals are those of RFC 6750.</summary>
/// <param name="scope">Scopes that the token must have, parted by spaces; none when <see langword="null"/>.</param>
/// <param name="role">A role that the token must have; none when <see langword="null"/>.</param>
public sealed class JwtAuthorization(string? scope = null, string? role = null) : HttpAuthorization
{
    private const string Scheme = "Bearer ";

    private readonly string[] _scopes = scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Scopes that the token must have, parted by spaces.</summary>
    public string? Scope { get; } = scope;

    /// <summary>A role that the token must have.</summary>
    public string? Role { get; } = role;

    /// <inheritdoc/>
    public override void Configure(IServiceCollection services) => services.TryAddSingleton<TokenValidator>();

    /// <inheritdoc/>
    public override void Prepare(PortableApp app) => app.Services.GetRequiredService<TokenValidator>();

    /// <inheritdoc/>
    public override async ValueTask<HttpReply?> CheckAsync(HttpCall call, TimeProvider time)
    {
        if (call.Request.Header("Authorization") is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Unauthorized("Bearer", "The request has no bearer token.");
        }

        var validator = call.Context.Services.GetRequiredService<TokenValidator>();
        var checkedToken = await validator.ValidateAsync(header[Scheme.Length..].Trim(), call.Context.CancellationToken).ConfigureAwait(false);
        if (checkedToken.Identity is not { } identity)
        {
            return checkedToken.IsOutage
                ? HttpReply.Problem(503, "Tokens cannot be checked at the moment.")
                : Unauthorized($"Bearer error=\"invalid_token\", error_description=\"{checkedToken.Reason}\"", checkedToken.Reason);
        }

        if (!HasScopes(identity))
        {
            return Forbidden($"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', _scopes)}\"", "The token does not have the scope that the function needs.");
        }

        if (Role is not null && !identity.Claims.Any(claim => claim.Type is "roles" or "role" or ClaimTypes.Role && claim.Value == Role))
        {
            return Forbidden("Bearer error=\"insufficient_scope\"", "The caller does not have the role that the function needs.");
        }

        call.Context.SignIn(User("Bearer", identity.Claims));
        return null;
    }

    private bool HasScopes(ClaimsIdentity identity)
    {
        if (_scopes.Length == 0)
        {
            return true;
        }

        var granted = identity.Claims.Where(static claim => claim.Type is "scope" or "scp").SelectMany(static claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        return Array.TrueForAll(_scopes, granted.Contains);
    }
}
