using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Portable.Azure.Outputs;

/// <summary>
/// Tokens of the function app's managed identity, by the endpoint that App Service and Functions give the process (documentation: "How to use managed
/// identities for App Service and Azure Functions", REST endpoint reference). Each is kept until shortly before it expires. Safe for concurrent use.
/// </summary>
internal sealed class ManagedIdentity(HttpClient http, Func<string, string?> environment, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Whether the process has an identity.</summary>
    public bool Exists => environment("IDENTITY_ENDPOINT") is { Length: > 0 };

    /// <summary>A token for a resource, such as <c>https://storage.azure.com/</c>.</summary>
    /// <exception cref="OutputException">The process has no identity, or its endpoint refuses.</exception>
    public async ValueTask<AuthenticationHeaderValue> TokenAsync(string resource, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_tokens.TryGetValue(resource, out var token) || token.Expires - Margin <= time.GetUtcNow())
            {
                _tokens[resource] = token = await FetchAsync(resource, cancellationToken).ConfigureAwait(false);
            }

            return token.Header;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Token> FetchAsync(string resource, CancellationToken cancellationToken)
    {
        if (environment("IDENTITY_ENDPOINT") is not { Length: > 0 } endpoint || !Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            throw new OutputException($"There is nothing to sign in with: give the function app a managed identity, or set {StorageAccount.Setting} to a connection string.");
        }

        var client = environment(StorageAccount.Setting + "__clientId") ?? environment("AZURE_CLIENT_ID");
        var query = $"?api-version=2019-08-01&resource={Uri.EscapeDataString(resource)}{(string.IsNullOrEmpty(client) ? "" : "&client_id=" + Uri.EscapeDataString(client))}";
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint + query);
        request.Headers.TryAddWithoutValidation("X-IDENTITY-HEADER", environment("IDENTITY_HEADER"));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var json = Json.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return response.IsSuccessStatusCode && Json.Text(json, "access_token") is { Length: > 0 } token
                ? new Token(new AuthenticationHeaderValue("Bearer", token), Expiry(json))
                : throw new OutputException($"The identity endpoint answered {(int)response.StatusCode} for {resource}.");
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"The identity endpoint could not be reached: {e.Message}", e);
        }
    }

    // expires_on is a number of seconds in a text.
    private DateTimeOffset Expiry(JsonElement json) =>
        long.TryParse(BindingData.TextOf(Json.Member(json, "expires_on")), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : time.GetUtcNow() + Margin + Margin;

    private sealed record Token(AuthenticationHeaderValue Header, DateTimeOffset Expires);
}
