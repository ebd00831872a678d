using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Portable.Azure.Outputs;

/// <summary>
/// Shared access signatures for one blob: by the account's key ("Create a service SAS"), or with an identity by a key that the service hands out for it
/// ("Create a user delegation SAS"). Texts to sign as of version 2020-12-06.
/// </summary>
internal sealed class BlobSignatures(StorageApi api)
{
    private const string UserDelegation = "restype=service&comp=userdelegationkey";

    /// <summary>Signs a blob's address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="container">The address of its container.</param>
    /// <param name="name">The blob's name, as it is.</param>
    /// <param name="access">What it allows.</param>
    /// <param name="validFor">How long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutputException">There is neither a key nor an identity to sign with.</exception>
    public async Task<Uri> SignAsync(Uri address, Uri container, string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken)
    {
        if (container.Query.Contains("sig=", StringComparison.Ordinal) || (api.Account is { Signature: not null, Blobs: { } blobs } && blobs.IsBaseOf(address)))
        {
            throw new OutputException("An address cannot be signed with a shared access signature: use the account's key or an identity.");
        }

        // Without a start, which the clock of another machine could take for the future.
        var expires = Time(api.Time.GetUtcNow() + validFor);
        var permissions = access == BlobAccess.Read ? "r" : "cw";
        var protocol = address.Scheme == "https" ? "https" : "https,http";
        var (account, path) = Account(container);
        var resource = $"/blob/{account}/{path}/{name}";
        var query = new List<(string Name, string Value)> { ("sv", StorageApi.Version), ("spr", protocol), ("se", expires), ("sr", "b"), ("sp", permissions) };
        if (api.KeyFor(address) is { } key)
        {
            // sp, st, se, resource, identifier, ip, protocol, version, sr, snapshot, encryption scope, five response headers
            query.Add(("sig", SharedKey.Signature(key, string.Join('\n', permissions, "", expires, resource, "", "", protocol, StorageApi.Version, "b", "", "", "", "", "", "", ""))));
        }
        else
        {
            var user = await UserKeyAsync(container, validFor, cancellationToken).ConfigureAwait(false);
            query.AddRange([("skoid", user.ObjectId), ("sktid", user.TenantId), ("skt", user.Start), ("ske", user.Expiry), ("sks", user.Service), ("skv", user.Version)]);

            // sp, st, se, resource, the key's six, authorised and unauthorised user, correlation, ip, protocol, version, sr, snapshot, encryption scope, five response headers
            query.Add(("sig", SharedKey.Signature(user.Key, string.Join(
                '\n', permissions, "", expires, resource, user.ObjectId, user.TenantId, user.Start, user.Expiry, user.Service, user.Version, "", "", "", "", protocol, StorageApi.Version, "b", "", "", "", "", "", "", ""))));
        }

        return new UriBuilder(address) { Query = string.Join('&', query.Select(static pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}")) }.Uri;
    }

    /// <summary>"Get User Delegation Key": POST to the service itself, with the time that the key is for.</summary>
    private async Task<UserKey> UserKeyAsync(Uri container, TimeSpan validFor, CancellationToken cancellationToken)
    {
        const string what = "An address could not be signed";
        var now = api.Time.GetUtcNow();
        var body = Encoding.UTF8.GetBytes($"<KeyInfo><Start>{Time(now.AddMinutes(-5))}</Start><Expiry>{Time(now + validFor)}</Expiry></KeyInfo>");
        var root = new UriBuilder(container) { Path = ParentOf(container), Query = UserDelegation }.Uri;
        using var response = await api.SendAsync(Create, what, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw StorageApi.Refused(what, response);
        }

        try
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var key = XDocument.Load(reader).Root!;
            return new UserKey(Member("SignedOid"), Member("SignedTid"), Member("SignedStart"), Member("SignedExpiry"), Member("SignedService"), Member("SignedVersion"), Convert.FromBase64String(Member("Value")));

            string Member(string name) => key.Element(name)?.Value ?? throw new FormatException($"It has no {name}.");
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw new OutputException($"{what}: the key that Azure Storage sent cannot be read: {e.Message}", e);
        }

        HttpRequestMessage Create()
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            return new HttpRequestMessage(HttpMethod.Post, root) { Content = content };
        }
    }

    /// <summary>The account and container of a container's address: the account is the first label of the host, or for an emulator the first part of the path.</summary>
    private (string Account, string Container) Account(Uri container)
    {
        var segments = container.AbsolutePath.Trim('/').Split('/');
        return segments.Length > 1 ? (segments[0], Uri.UnescapeDataString(segments[^1]))
            : (api.Account is { Name.Length: > 0, Blobs: { } blobs } account && blobs.IsBaseOf(container) ? account.Name : container.Host.Split('.')[0], Uri.UnescapeDataString(segments[0]));
    }

    private static string ParentOf(Uri container)
    {
        var path = container.AbsolutePath.TrimEnd('/');
        return path[..(path.LastIndexOf('/') + 1)];
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record UserKey(string ObjectId, string TenantId, string Start, string Expiry, string Service, string Version, byte[] Key);
}
