using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Portable.Gcp.Services;

/// <summary>What a service answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body; empty when there is none or it is no JSON.</param>
internal sealed record GoogleReply(HttpStatusCode Status, JsonDocument? Body) : IDisposable
{
    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>The canonical code of an error, such as <c>FAILED_PRECONDITION</c>.</summary>
    public string? ErrorStatus =>
        Body is { } body && body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("status", out var status) ? status.GetString() : null;

    public void Dispose() => Body?.Dispose();
}

/// <summary>Calls Google's REST services as the service account that the container runs as.</summary>
internal sealed class GoogleApi(HttpClient http, TimeProvider time)
{
    private const string MetadataToken = "/computeMetadata/v1/instance/service-accounts/default/token";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (string Token, DateTimeOffset Until) _token;

    /// <summary>Sends a request with a token.</summary>
    /// <exception cref="HttpRequestException">The service, or the metadata server, could not be reached.</exception>
    public async ValueTask<GoogleReply> SendAsync(HttpMethod method, string address, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken).ConfigureAwait(false));
        if (body is { } content)
        {
            request.Content = new ReadOnlyMemoryContent(content);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new GoogleReply(response.StatusCode, TryParse(answer));
    }

    // {"access_token": "...", "expires_in": 3599, "token_type": "Bearer"}; the server hands out the same token until shortly before its end.
    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token.Until <= time.GetUtcNow())
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{MetadataHost}{MetadataToken}");
                request.Headers.Add("Metadata-Flavor", "Google");
                using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
                var lifetime = TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32() - 60);
                _token = (answer.RootElement.GetProperty("access_token").GetString()!, time.GetUtcNow() + lifetime);
            }

            return _token.Token;
        }
        finally
        {
            _gate.Release();
        }
    }

    // The variable with which Google's own libraries redirect the metadata server.
    private static string MetadataHost => Environment.GetEnvironmentVariable("GCE_METADATA_HOST") ?? "metadata.google.internal";

    private static JsonDocument? TryParse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
