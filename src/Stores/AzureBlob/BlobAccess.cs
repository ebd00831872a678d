using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portable.Idempotency;

/// <summary>How requests to the Blob service are allowed.</summary>
internal interface IBlobAccess
{
    /// <summary>Allows a request.</summary>
    /// <param name="request">The request, with all its headers.</param>
    /// <param name="wasRefused">Whether the service refused what was said before.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask AuthorizeAsync(HttpRequestMessage request, bool wasRefused, CancellationToken cancellationToken);
}

/// <summary>The address carries a shared access signature.</summary>
internal sealed class SignedAddress : IBlobAccess
{
    public ValueTask AuthorizeAsync(HttpRequestMessage request, bool wasRefused, CancellationToken cancellationToken) => default;
}

/// <summary>Shared Key (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).</summary>
internal sealed class SharedKey(string account, byte[] key) : IBlobAccess
{
    public ValueTask AuthorizeAsync(HttpRequestMessage request, bool wasRefused, CancellationToken cancellationToken)
    {
        Authorize(request, "");
        return default;
    }

    /// <summary>Signs a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parameters">The query's parameters as the string to sign ends with them.</param>
    internal void Authorize(HttpRequestMessage request, string parameters)
    {
        var length = request.Content?.Headers.ContentLength is > 0 and var bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var text = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append('\n') // Content-Encoding
            .Append('\n') // Content-Language
            .Append(length).Append('\n')
            .Append('\n') // Content-MD5
            .Append(request.Content?.Headers.ContentType?.ToString()).Append('\n')
            .Append('\n') // Date: x-ms-date says it
            .Append('\n') // If-Modified-Since
            .Append(request.Headers.IfMatch.ToString()).Append('\n')
            .Append(request.Headers.IfNoneMatch.ToString()).Append('\n')
            .Append('\n') // If-Unmodified-Since
            .Append('\n'); // Range
        foreach (var (name, values) in request.Headers.Where(static header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).OrderBy(static header => header.Key.ToLowerInvariant(), StringComparer.Ordinal))
        {
            text.Append(name.ToLowerInvariant()).Append(':').Append(string.Join(',', values).Trim()).Append('\n');
        }

        text.Append('/').Append(account).Append(request.RequestUri!.AbsolutePath).Append(parameters);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account}:{signature}");
    }
}

/// <summary>A token of Microsoft Entra ID.</summary>
internal sealed class BearerToken(Func<CancellationToken, ValueTask<string>> token) : IBlobAccess
{
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, bool wasRefused, CancellationToken cancellationToken) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token(cancellationToken).ConfigureAwait(false));
}

/// <summary>
/// A token of the identity that Functions, App Service or Container Apps give a process
/// (https://learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint reference").
/// </summary>
internal sealed class ManagedIdentity(Func<string, string?> environment, HttpClient http, TimeProvider time) : IBlobAccess
{
    private const string Resource = "https://storage.azure.com/";

    // A token lives for hours; a lifetime that does not depend on what this process thinks the time is.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;
    private long _got;

    public async ValueTask AuthorizeAsync(HttpRequestMessage request, bool wasRefused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is null || wasRefused || time.GetElapsedTime(_got) > AskAgain)
            {
                _token = await AskAsync(cancellationToken).ConfigureAwait(false);
                _got = time.GetTimestamp();
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        if (environment("IDENTITY_ENDPOINT") is not { Length: > 0 } endpoint || environment("IDENTITY_HEADER") is not { Length: > 0 } header)
        {
            throw new InvalidOperationException("There is neither a key nor a managed identity for Blob Storage: give the application an identity, or a connection string with AccountKey or SharedAccessSignature.");
        }

        var client = environment("AZURE_CLIENT_ID") is { Length: > 0 } id ? "&client_id=" + Uri.EscapeDataString(id) : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint}?resource={Uri.EscapeDataString(Resource)}&api-version=2019-08-01{client}");
        request.Headers.Add("X-IDENTITY-HEADER", header);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return answer.RootElement.GetProperty("access_token").GetString()!;
    }
}
