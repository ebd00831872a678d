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

/// <summary>What is signed of a request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, encoded as it is sent.</param>
/// <param name="Query">The query, encoded, in ordinal order, without a question mark.</param>
/// <param name="PayloadHash">The hexadecimal SHA-256 of the body, or <c>UNSIGNED-PAYLOAD</c>.</param>
internal readonly record struct SignedRequest(string Method, string Path, string Query, string PayloadHash);

/// <summary>Signature Version 4, as headers and as a query.</summary>
internal static class AwsSignature
{
    /// <summary>The hash of a body that the signature leaves open.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Signs a POST to the root of a service, which is all that the JSON services need: adds <c>X-Amz-Date</c>, the session token and the signature to the headers.</summary>
    /// <param name="headers">Every header to sign, names in lower case: <c>content-type</c>, <c>host</c>, <c>x-amz-target</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="time">When.</param>
    public static void Sign(SortedDictionary<string, string> headers, ReadOnlySpan<byte> body, string service, string region, AwsCredentials credentials, DateTimeOffset time) =>
        Sign(new SignedRequest("POST", "/", "", HashOf(body)), headers, service, region, credentials, time);

    /// <summary>Signs a request: adds <c>X-Amz-Date</c>, the session token and the signature to the headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="headers">Every header to sign, names in lower case.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="time">When.</param>
    public static void Sign(SignedRequest request, SortedDictionary<string, string> headers, string service, string region, AwsCredentials credentials, DateTimeOffset time)
    {
        var stamp = StampOf(time);
        headers["x-amz-date"] = stamp;
        if (credentials.SessionToken is { Length: > 0 } token)
        {
            headers["x-amz-security-token"] = token;
        }

        var scope = ScopeOf(stamp, region, service);
        var names = string.Join(';', headers.Keys);
        var signature = Signature(request, headers, names, stamp, scope, region, service, credentials);
        headers["authorization"] = $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    /// <summary>The query of a request that whoever has its address may send for a while.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, with the port where it is not the usual one.</param>
    /// <param name="path">The path, encoded.</param>
    /// <param name="validFor">How long.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="region">The region.</param>
    /// <param name="credentials">Who signs; the address ends with them where they are temporary.</param>
    /// <param name="time">When.</param>
    public static string SignQuery(string method, string host, string path, TimeSpan validFor, string service, string region, AwsCredentials credentials, DateTimeOffset time)
    {
        var stamp = StampOf(time);
        var scope = ScopeOf(stamp, region, service);
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = Algorithm,
            ["X-Amz-Credential"] = $"{credentials.AccessKeyId}/{scope}",
            ["X-Amz-Date"] = stamp,
            ["X-Amz-Expires"] = ((long)validFor.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["X-Amz-SignedHeaders"] = "host",
        };
        if (credentials.SessionToken is { Length: > 0 } token)
        {
            parameters["X-Amz-Security-Token"] = token;
        }

        var query = string.Join('&', parameters.Select(static parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = host };
        return $"{query}&X-Amz-Signature={Signature(new SignedRequest(method, path, query, UnsignedPayload), headers, "host", stamp, scope, region, service, credentials)}";
    }

    /// <summary>The hexadecimal SHA-256 of a body.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Hex(SHA256.HashData(body));

    private static string Signature(
        SignedRequest request, SortedDictionary<string, string> headers, string names, string stamp, string scope, string region, string service, AwsCredentials credentials)
    {
        var canonical = new StringBuilder(request.Method).Append('\n').Append(request.Path).Append('\n').Append(request.Query).Append('\n');
        foreach (var header in headers)
        {
            canonical.Append(header.Key).Append(':').Append(header.Value.Trim()).Append('\n');
        }

        canonical.Append('\n').Append(names).Append('\n').Append(request.PayloadHash);
        var toSign = $"{Algorithm}\n{stamp}\n{scope}\n{HashOf(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), stamp[..8]), region), service), "aws4_request");
        return Hex(Mac(key, toSign));
    }

    private static string StampOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string ScopeOf(string stamp, string region, string service) => $"{stamp[..8]}/{region}/{service}/aws4_request";

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
