using System.Net;
using System.Text;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>
/// Secret Manager. The secret has the name that the code says, in the project of the service, or <c>PORTABLE_SECRET_{NAME}_ID</c> says which,
/// <c>projects/P/secrets/S</c>; the latest version counts. The service account needs <c>roles/secretmanager.secretAccessor</c>.
/// </summary>
public sealed class GoogleSecrets : ISecretSource
{
    private const string Endpoint = "https://secretmanager.googleapis.com";

    private readonly GoogleApi _api;
    private readonly Func<string, string?> _environment;
    private readonly string _endpoint;

    /// <summary>The secrets of the project that the service runs in.</summary>
    public GoogleSecrets()
        : this(new GoogleApi(new HttpClient(), TimeProvider.System), Environment.GetEnvironmentVariable)
    {
    }

    internal GoogleSecrets(GoogleApi api, Func<string, string?> environment, string endpoint = Endpoint)
    {
        _api = api;
        _environment = environment;
        _endpoint = endpoint;
    }

    /// <inheritdoc/>
    public string Place(string name) => $"Google Secret Manager as '{IdOf(name) ?? name}'";

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var id = IdOf(name) ?? throw new InvalidOperationException($"{Place(name)}: the project is not known; set GOOGLE_CLOUD_PROJECT.");
        using var reply = await _api.SendAsync(HttpMethod.Get, $"{_endpoint}/v1/{id}/versions/latest:access", null, cancellationToken).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        // {"name": "...", "payload": {"data": "c2VjcmV0", "dataCrc32c": "..."}}
        return reply is { Succeeded: true, Body: { } body } && body.RootElement.TryGetProperty("payload", out var payload) && payload.TryGetProperty("data", out var data)
            ? Encoding.UTF8.GetString(data.GetBytesFromBase64())
            : throw new InvalidOperationException($"{Place(name)} answered {(int)reply.Status} {reply.ErrorStatus}.");
    }

    private string? IdOf(string name)
    {
        if (_environment($"PORTABLE_SECRET_{name.Replace('-', '_').ToUpperInvariant()}_ID") is { Length: > 0 } id)
        {
            return id;
        }

        return _environment("GOOGLE_CLOUD_PROJECT") is { Length: > 0 } project ? $"projects/{project}/secrets/{name}" : null;
    }
}
