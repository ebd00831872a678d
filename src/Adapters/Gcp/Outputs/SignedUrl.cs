using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portable.Gcp.Outputs;

/// <summary>
/// A signed address of Cloud Storage by the V4 process (cloud.google.com/storage/docs/authentication/signatures), checked against the published cases
/// (googleapis/conformance-tests, storage/v1/v4_signatures.json) and the vendor's library.
/// </summary>
internal sealed record SignedUrl(string Base, string Query, string StringToSign)
{
    private const string Algorithm = "GOOG4-RSA-SHA256";

    /// <summary>Prepares the address; what is left is to sign <see cref="StringToSign"/>.</summary>
    /// <param name="method">The only method that the address allows.</param>
    /// <param name="endpoint">The service, <c>https://storage.googleapis.com</c>.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="name">The object.</param>
    /// <param name="account">The service account that signs.</param>
    /// <param name="now">From when on it is valid.</param>
    /// <param name="validFor">How long.</param>
    public static SignedUrl Prepare(string method, string endpoint, string bucket, string name, string account, DateTimeOffset now, TimeSpan validFor)
    {
        var timestamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = timestamp[..8] + "/auto/storage/goog4_request";
        var path = $"/{Uri.EscapeDataString(bucket)}/{Escape(name)}";

        // In the order of their names, as they are signed.
        var query = string.Join('&',
            "X-Goog-Algorithm=" + Algorithm,
            "X-Goog-Credential=" + Uri.EscapeDataString($"{account}/{scope}"),
            "X-Goog-Date=" + timestamp,
            string.Create(CultureInfo.InvariantCulture, $"X-Goog-Expires={(long)validFor.TotalSeconds}"),
            "X-Goog-SignedHeaders=host");
        var host = endpoint[(endpoint.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var request = $"{method}\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request))).ToLowerInvariant();
        return new SignedUrl(endpoint + path, query, $"{Algorithm}\n{timestamp}\n{scope}\n{hash}");
    }

    /// <summary>The address with its signature.</summary>
    public Uri With(byte[] signature) => new($"{Base}?{Query}&X-Goog-Signature={Convert.ToHexString(signature).ToLowerInvariant()}");

    /// <summary>An object's name as a path: slashes stay.</summary>
    public static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
