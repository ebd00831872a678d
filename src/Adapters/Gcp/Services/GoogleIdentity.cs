using System.Text;
using System.Text.Json;

namespace Portable.Gcp.Services;

/// <summary>
/// Who calls Google's services: the service account that the container runs as, by way of the metadata server, or the one whose key
/// <see cref="ServiceAccountKey.Variable"/> names. Safe for concurrent use.
/// </summary>
internal sealed class GoogleIdentity(HttpClient http, TimeProvider time, Func<ServiceAccountKey?> key)
{
    private const string Account = "instance/service-accounts/default/";

    private static readonly TimeSpan OwnTokenLifetime = TimeSpan.FromMinutes(55); // services take up to an hour

    private readonly Lazy<ServiceAccountKey?> _key = new(key);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (string Token, DateTimeOffset Until) _token;
    private string? _email;
    private string? _project;

    /// <summary>A token for Google's services.</summary>
    /// <exception cref="HttpRequestException">The metadata server could not be reached.</exception>
    public async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (_token.Until <= now)
            {
                _token = _key.Value is { } own ? (own.Token(now, OwnTokenLifetime), now + OwnTokenLifetime - TimeSpan.FromMinutes(5)) : await AskTokenAsync(now, cancellationToken).ConfigureAwait(false);
            }

            return _token.Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The account's address.</summary>
    /// <exception cref="HttpRequestException">The metadata server could not be reached.</exception>
    public async ValueTask<string> EmailAsync(CancellationToken cancellationToken) =>
        _key.Value?.Email ?? (_email ??= await AskAsync(Account + "email", cancellationToken).ConfigureAwait(false));

    /// <summary>The project: <c>GOOGLE_CLOUD_PROJECT</c>, that of the key, or the one that the container runs in.</summary>
    /// <exception cref="HttpRequestException">The metadata server could not be reached.</exception>
    public async ValueTask<string> ProjectAsync(CancellationToken cancellationToken) =>
        Environment.GetEnvironmentVariable("GOOGLE_CLOUD_PROJECT") is { Length: > 0 } named ? named
        : _key.Value?.Project ?? (_project ??= await AskAsync("project/project-id", cancellationToken).ConfigureAwait(false));

    /// <summary>Signs as the account: with its key, or where there is none through IAM, which needs the role <c>iam.serviceAccountTokenCreator</c> on the account itself.</summary>
    /// <exception cref="OutputException">IAM refused it.</exception>
    /// <exception cref="HttpRequestException">IAM or the metadata server could not be reached.</exception>
    public async ValueTask<byte[]> SignAsync(string text, GoogleApi api, CancellationToken cancellationToken)
    {
        var data = Encoding.UTF8.GetBytes(text);
        if (_key.Value is { } own)
        {
            return own.Sign(data);
        }

        // REST reference of the IAM Service Account Credentials API, projects.serviceAccounts.signBlob.
        var email = await EmailAsync(cancellationToken).ConfigureAwait(false);
        var body = Encoding.UTF8.GetBytes($$"""{"payload":"{{Convert.ToBase64String(data)}}"}""");
        using var reply = await api.SendAsync(
            HttpMethod.Post, $"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{Uri.EscapeDataString(email)}:signBlob", body, cancellationToken).ConfigureAwait(false);
        return reply.Succeeded && reply.Body?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("signedBlob", out var signed) && signed.TryGetBytesFromBase64(out var signature)
            ? signature
            : throw new OutputException($"IAM did not sign for {email}: {(int)reply.Status} {reply.ErrorStatus}. The account needs the role iam.serviceAccountTokenCreator on itself.");
    }

    // The variable with which Google's own libraries redirect the metadata server.
    private static string MetadataHost => Environment.GetEnvironmentVariable("GCE_METADATA_HOST") ?? "metadata.google.internal";

    // {"access_token": "...", "expires_in": 3599, "token_type": "Bearer"}; the server hands out the same token until shortly before its end.
    private async ValueTask<(string Token, DateTimeOffset Until)> AskTokenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await AskAsync(Account + "token", cancellationToken).ConfigureAwait(false));
        var lifetime = TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32() - 60);
        return (answer.RootElement.GetProperty("access_token").GetString()!, now + lifetime);
    }

    private async ValueTask<string> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{MetadataHost}/computeMetadata/v1/{path}");
        request.Headers.Add("Metadata-Flavor", "Google");
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }
}
