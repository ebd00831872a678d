using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portable.Aws.Services;

/// <summary>Who signs a request.</summary>
/// <param name="AccessKeyId">The access key.</param>
/// <param name="SecretAccessKey">Its secret.</param>
/// <param name="SessionToken">The token of temporary credentials.</param>
internal sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken)
{
    /// <summary>The credentials that Lambda puts into the environment.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static AwsCredentials FromEnvironment()
    {
        var id = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID");
        var secret = Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY");
        return string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret)
            ? throw new InvalidOperationException("There are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set. Lambda sets them from the function's role.")
            : new(id, secret, Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"));
    }
}

/// <summary>Signature Version 4 of a POST to the root of a service, which is all that the JSON services need.</summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds <c>X-Amz-Date</c>, the session token and the signature to the headers.</summary>
    /// <param name="headers">Every header to sign, names in lower case: <c>content-type</c>, <c>host</c>, <c>x-amz-target</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="time">When.</param>
    public static void Sign(SortedDictionary<string, string> headers, ReadOnlySpan<byte> body, string service, string region, AwsCredentials credentials, DateTimeOffset time)
    {
        var stamp = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = stamp[..8];
        headers["x-amz-date"] = stamp;
        if (credentials.SessionToken is { Length: > 0 } token)
        {
            headers["x-amz-security-token"] = token;
        }

        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder("POST\n/\n\n");
        foreach (var header in headers)
        {
            canonical.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');
        }

        canonical.Append('\n').Append(names).Append('\n').Append(Hex(SHA256.HashData(body)));
        var scope = $"{day}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), day), region), service), "aws4_request");
        headers["authorization"] = $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, toSign))}";
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
