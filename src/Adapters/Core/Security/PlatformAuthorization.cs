using System.Security.Claims;
using System.Text;

namespace Portable.Runtime;

/// <summary>
/// Lets in what the platform has let in; see <see cref="PlatformAuthorizerAttribute"/>. Where the platform says so in a header that anybody could send, it is believed only when the environment
/// says that the authoriser is in force.
/// </summary>
/// <param name="name">The name of the authoriser.</param>
/// <param name="environment">Reads the environment; the process's when <see langword="null"/>.</param>
public sealed class PlatformAuthorization(string name, Func<string, string?>? environment = null) : HttpAuthorization
{
    /// <summary>The header that stands for the platform on the local host: <c>X-Portable-User: alice</c>.</summary>
    public const string LocalHeader = "X-Portable-User";

    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>The name of the authoriser.</summary>
    public string Name { get; } = name;

    /// <summary>The variable that says which of Google's authorisers is in force: <c>cloud-run</c>, <c>iap</c> or <c>api-gateway</c>.</summary>
    public string Variable => "PORTABLE_AUTHORIZER_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">On Google, where the variable does not say which authoriser is in force; on Azure, where App Service authentication is off.</exception>
    public override ValueTask<HttpReply?> CheckAsync(HttpCall call, TimeProvider time)
    {
        IReadOnlyList<Claim>? claims;
        try
        {
            claims = call.Context.Cloud switch
            {
                "aws" => call.Request.PlatformClaims is { Count: > 0 } all ? [.. all.Select(static claim => new Claim(claim.Key, claim.Value))] : null,
                "azure" => Azure(call.Request),
                "gcp" => Google(call.Request),
                _ => call.Request.Header(LocalHeader) is { Length: > 0 } user ? [new Claim("sub", user)] : null,
            };
        }
        catch (FormatException)
        {
            claims = null; // not what a platform sends
        }

        if (claims is null or [])
        {
            return new(Unauthorized($"Platform authorizer=\"{Name}\"", "The platform's authoriser says nothing of the caller."));
        }

        call.Context.SignIn(User(Name, claims));
        return default;
    }

    /// <summary>The App Service authentication puts the user into a header, and takes headers of that name away from what callers send, where it is on; it says so in WEBSITE_AUTH_ENABLED.</summary>
    private List<Claim>? Azure(HttpEnvelope request)
    {
        if (!string.Equals(_environment("WEBSITE_AUTH_ENABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"The authoriser '{Name}' is not in force: App Service authentication is off (WEBSITE_AUTH_ENABLED is not true), and without it anybody could send its headers.");
        }

        return request.Header("X-MS-CLIENT-PRINCIPAL") is { Length: > 0 } principal ? PlatformClaims.OfAppService(Decoded(principal)) : null;
    }

    private List<Claim>? Google(HttpEnvelope request)
    {
        switch (_environment(Variable))
        {
            case "cloud-run": // IAM has checked the token and taken its signature away, or a service of Google's has sent it
                var bearer = request.Header("X-Serverless-Authorization") ?? request.Header("Authorization");
                return bearer is not null && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && bearer.Split('.') is [_, var payload, ..] ? PlatformClaims.OfObject(Decoded(payload)) : null;
            case "api-gateway":
                return request.Header("X-Apigateway-Api-Userinfo") is { Length: > 0 } info ? PlatformClaims.OfObject(Decoded(info)) : null;
            case "iap":
                return request.Header("X-Goog-Authenticated-User-Id") is { Length: > 0 } id
                    ? [new Claim("sub", Identity(id)), .. request.Header("X-Goog-Authenticated-User-Email") is { Length: > 0 } email ? [new Claim("email", Identity(email))] : Array.Empty<Claim>()]
                    : null;
            default:
                throw new InvalidOperationException($"{Variable} does not say which authoriser '{Name}' is: cloud-run, iap or api-gateway. Without one in force anybody could send its headers.");
        }
    }

    /// <summary>Without the name space of <c>accounts.google.com:1234</c>.</summary>
    private static string Identity(string value) => value[(value.IndexOf(':') + 1)..];

    private static byte[] Decoded(string base64)
    {
        // With or without padding, in either alphabet: platforms differ.
        var text = new StringBuilder(base64.TrimEnd('=')).Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.Append('=', (4 - (text.Length % 4)) % 4).ToString());
    }
}
