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

/// <summary>A request to one of Google's services.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Body">The body, if any.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="IsAnonymous">Whether it goes without a token: to an emulator.</param>
internal sealed record GoogleRequest(HttpMethod Method, string Address, ReadOnlyMemory<byte>? Body = null, string ContentType = "application/json", bool IsAnonymous = false);

/// <summary>Calls Google's REST services as the service account that the container runs as.</summary>
internal sealed class GoogleApi(HttpClient http, TimeProvider time, Func<ServiceAccountKey?>? key = null)
{
    private const int MostCalls = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Who calls.</summary>
    public GoogleIdentity Identity { get; } = new(http, time, key ?? ServiceAccountKey.FromEnvironment);

    /// <summary>Sends a request with a token, once.</summary>
    /// <exception cref="HttpRequestException">The service, or the metadata server, could not be reached.</exception>
    public async ValueTask<GoogleReply> SendAsync(HttpMethod method, string address, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var response = await OnceAsync(new GoogleRequest(method, address, body), cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new GoogleReply(response.StatusCode, TryParse(answer));
    }

    /// <summary>
    /// Sends a request that may be repeated, up to four times while the service is busy or cannot be reached: 408, 429 and 5xx, with growing waits.
    /// The body of the answer has not been read yet.
    /// </summary>
    /// <exception cref="HttpRequestException">The service, or the metadata server, could not be reached.</exception>
    public async ValueTask<HttpResponseMessage> SendRepeatableAsync(GoogleRequest request, CancellationToken cancellationToken)
    {
        for (var call = 1; ; call++)
        {
            try
            {
                var response = await OnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (call == MostCalls || !IsPassing(response.StatusCode))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (call < MostCalls)
            {
                // Not reached; the next call may be.
            }

            await Task.Delay(FirstDelay * (1 << (call - 1)) * (0.5 + Random.Shared.NextDouble()), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status is >= 500 and not 501 and not 505;

    private async ValueTask<HttpResponseMessage> OnceAsync(GoogleRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Address);
        if (!request.IsAnonymous)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Identity.TokenAsync(cancellationToken).ConfigureAwait(false));
        }

        if (request.Body is { } content)
        {
            message.Content = new ReadOnlyMemoryContent(content);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>JSON if it is some.</summary>
    public static JsonDocument? TryParse(byte[] body)
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
