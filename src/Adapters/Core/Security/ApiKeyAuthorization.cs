using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Portable.Runtime;

/// <summary>Lets in requests that have a key in a header; see <see cref="ApiKeyAttribute"/>.</summary>
/// <param name="secret">The name of the secret.</param>
/// <param name="header">The header.</param>
public sealed class ApiKeyAuthorization(string secret, string header = "x-api-key") : HttpAuthorization
{
    /// <summary>The name of the secret.</summary>
    public string Secret { get; } = secret;

    /// <summary>The header.</summary>
    public string Header { get; } = header;

    /// <inheritdoc/>
    public override ValueTask<HttpReply?> CheckAsync(HttpCall call, TimeProvider time)
    {
        if (call.Request.Header(Header) is not { Length: > 0 } given)
        {
            return new(Unauthorized(Challenge, $"The request has no key in the header '{Header}'."));
        }

        // A key that is not configured throws, and nobody gets in: that is an error of the deployment, not of the caller.
        if (!Matches(call.Context.Services.GetRequiredService<ISecrets>().Get(Secret), given))
        {
            return new(Unauthorized(Challenge, "The key is not one that is known."));
        }

        call.Context.SignIn(User("ApiKey", [new Claim("sub", Secret)]));
        return default;
    }

    private string Challenge => $"ApiKey header=\"{Header}\"";

    /// <summary>Takes as long whatever differs, and looks at every key: neither their length nor which of them nearly fits can be measured.</summary>
    private static bool Matches(string keys, string given)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(given), actual);
        var matches = false;
        foreach (var key in keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(key), expected);
            matches |= CryptographicOperations.FixedTimeEquals(expected, actual);
        }

        return matches;
    }
}
