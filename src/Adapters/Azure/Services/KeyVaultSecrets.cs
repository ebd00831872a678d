using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// Key Vault. The usual way is an application setting <c>PORTABLE_SECRET_{NAME}</c> with a Key Vault reference, which the platform resolves; where
/// <c>PORTABLE_KEY_VAULT</c> names a vault (<c>https://NAME.vault.azure.net</c>), it is asked as the application's managed identity, which needs the
/// role Key Vault Secrets User.
/// </summary>
/// <remarks>
/// Token: learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint reference" (IDENTITY_ENDPOINT, IDENTITY_HEADER, api-version
/// 2019-08-01). Secret: learn.microsoft.com/rest/api/keyvault/secrets/get-secret (api-version 7.4).
/// </remarks>
public sealed class KeyVaultSecrets : ISecretSource
{
    /// <summary>The variable that names the vault.</summary>
    public const string VaultVariable = "PORTABLE_KEY_VAULT";

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Func<string, string?> _environment;
    private (string Value, DateTimeOffset Until) _token;

    /// <summary>The vault that the environment names.</summary>
    public KeyVaultSecrets()
        : this(new HttpClient(), TimeProvider.System, Environment.GetEnvironmentVariable)
    {
    }

    internal KeyVaultSecrets(HttpClient http, TimeProvider time, Func<string, string?> environment)
    {
        _http = http;
        _time = time;
        _environment = environment;
    }

    /// <inheritdoc/>
    public string Place(string name) => _environment(VaultVariable) is { Length: > 0 } vault
        ? $"the Key Vault {vault}"
        : $"a Key Vault, which {VaultVariable} does not name";

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_environment(VaultVariable) is not { Length: > 0 } vault)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{vault.TrimEnd('/')}/secrets/{Uri.EscapeDataString(name)}?api-version=7.4");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(name, cancellationToken).ConfigureAwait(false));
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        using var answer = response.IsSuccessStatusCode ? await ReadAsync(response, cancellationToken).ConfigureAwait(false) : null;
        return answer is not null && answer.RootElement.TryGetProperty("value", out var value)
            ? value.GetString()
            : throw new InvalidOperationException($"{Place(name)} answered {(int)response.StatusCode}.");
    }

    // One reader at a time: the store of secrets sees to that.
    private async ValueTask<string> TokenAsync(string name, CancellationToken cancellationToken)
    {
        if (_token.Until > _time.GetUtcNow())
        {
            return _token.Value;
        }

        if (_environment("IDENTITY_ENDPOINT") is not { Length: > 0 } endpoint || _environment("IDENTITY_HEADER") is not { Length: > 0 } header)
        {
            throw new InvalidOperationException($"{Place(name)}: the application has no managed identity (IDENTITY_ENDPOINT is not set).");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint}?resource={Uri.EscapeDataString("https://vault.azure.net")}&api-version=2019-08-01");
        request.Headers.Add("X-IDENTITY-HEADER", header);
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{Place(name)}: the managed identity's endpoint answered {(int)response.StatusCode}.");
        }

        using var answer = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var seconds = long.Parse(answer.RootElement.GetProperty("expires_on").ToString(), CultureInfo.InvariantCulture); // Unix time, as text or number
        _token = (answer.RootElement.GetProperty("access_token").GetString()!, DateTimeOffset.FromUnixTimeSeconds(seconds).AddMinutes(-2));
        return _token.Value;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
}
