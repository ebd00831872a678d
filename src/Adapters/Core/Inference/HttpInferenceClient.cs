using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;

namespace Portable.Runtime.Inference;

/// <summary>
/// Calls endpoints over HTTP: a JSON POST to <c>Portable:Endpoints:{name}:Url</c>, with <c>Portable:Endpoints:{name}:Key</c> as bearer
/// token when there is one. As an environment variable: <c>Portable__Endpoints__risk-model__Url</c>.
/// </summary>
internal sealed class HttpInferenceClient(IConfiguration configuration, TimeProvider time) : IInferenceClient, IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<TOut> InvokeAsync<TIn, TOut>(string endpoint, TIn input, JsonTypeInfo<TIn> inputType, JsonTypeInfo<TOut> outputType, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var section = $"Portable:Endpoints:{endpoint}";
        if (!Uri.TryCreate(configuration[$"{section}:Url"], UriKind.Absolute, out var address))
        {
            throw new StepFailed(StepFailed.InferenceCode, $"The endpoint '{endpoint}' has no address: set {section}:Url to its URL.");
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(input, inputType));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (configuration[$"{section}:Key"] is { Length: > 0 } key)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

            using var response = await _http.SendAsync(request, linked.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new StepFailed(StepFailed.InferenceCode, $"The endpoint '{endpoint}' answered {(int)response.StatusCode}.");
            }

            return JsonSerializer.Deserialize(body, outputType) ?? throw new StepFailed(StepFailed.InferenceCode, $"The endpoint '{endpoint}' answered null.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailed(StepFailed.TimeoutCode, $"The endpoint '{endpoint}' took longer than {timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new StepFailed(StepFailed.InferenceCode, $"The endpoint '{endpoint}' could not be called: {e.Message}", innerException: e);
        }
    }

    public void Dispose() => _http.Dispose();
}
