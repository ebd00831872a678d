using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Portable.Idempotency;

/// <summary>A blob and what its service says of it.</summary>
/// <param name="Content">The content.</param>
/// <param name="Metadata">The metadata, names compared ignoring case.</param>
/// <param name="Version">The entity tag.</param>
/// <param name="Written">When it was last written, by the service's clock.</param>
/// <param name="Read">When it was read, by the service's clock.</param>
internal sealed record StoredBlob(ReadOnlyMemory<byte> Content, IReadOnlyDictionary<string, string> Metadata, string Version, DateTimeOffset Written, DateTimeOffset Read);

/// <summary>
/// The three operations of the Blob service that are needed, all conditional: Put Blob, Get Blob and Delete Blob
/// (https://learn.microsoft.com/rest/api/storageservices/put-blob, .../get-blob, .../delete-blob).
/// </summary>
internal sealed class BlobContainer(Uri container, IBlobAccess access, HttpClient http, TimeProvider time) : IDisposable
{
    /// <summary>Old enough for every account and emulator; nothing newer is used.</summary>
    public const string ApiVersion = "2021-12-02";

    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>Writes a blob if it is as expected.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="content">Its content.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="expected">The version that it must have; <see langword="null"/> when there must be none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new version; <see langword="null"/> when it is not as expected.</returns>
    public async Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, Dictionary<string, string> metadata, string? expected, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            HttpMethod.Put,
            name,
            request =>
            {
                request.Content = new ReadOnlyMemoryContent(content);
                request.Headers.Add("x-ms-blob-type", "BlockBlob");
                foreach (var (key, value) in metadata)
                {
                    request.Headers.Add(MetadataPrefix + key, value);
                }

                if (expected is null)
                {
                    request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
                }
                else
                {
                    request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(expected));
                }
            },
            cancellationToken).ConfigureAwait(false);

        // "409 BlobAlreadyExists" and "412 ConditionNotMet": https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
        return response.StatusCode == HttpStatusCode.Created ? Tag(response)
            : CodeOf(response) is "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet" || response.StatusCode == HttpStatusCode.PreconditionFailed ? null
            : throw Unexpected(response);
    }

    /// <summary>Reads a blob; <see langword="null"/> when there is none.</summary>
    public async Task<StoredBlob?> GetAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, name, null, cancellationToken).ConfigureAwait(false);
        if (CodeOf(response) == "BlobNotFound")
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Unexpected(response);
        }

        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, values) in response.Headers.NonValidated)
        {
            if (key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                metadata[key[MetadataPrefix.Length..]] = values.ToString();
            }
        }

        return new StoredBlob(
            await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
            metadata,
            Tag(response),
            response.Content.Headers.LastModified ?? throw new HttpRequestException("Blob Storage did not say when the blob was written."),
            response.Headers.Date ?? throw new HttpRequestException("Blob Storage's answer carries no date: something between it and this process takes it away."));
    }

    /// <summary>Deletes a blob if it is as expected.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> DeleteAsync(string name, string expected, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, name, request => request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(expected)), cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.Accepted || (CodeOf(response) is "BlobNotFound" or "ConditionNotMet" || response.StatusCode == HttpStatusCode.PreconditionFailed ? false : throw Unexpected(response));
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var address = new UriBuilder(container);
            address.Path = address.Path.TrimEnd('/') + "/" + Uri.EscapeDataString(name);
            using var request = new HttpRequestMessage(method, address.Uri);
            request.Headers.Add("x-ms-version", ApiVersion);
            request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
            prepare?.Invoke(request);
            await access.AuthorizeAsync(request, isAgain, cancellationToken).ConfigureAwait(false);
            var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (isAgain || response.StatusCode is not HttpStatusCode.Unauthorized)
            {
                return response;
            }

            response.Dispose(); // with a new token, if that was it
        }
    }

    private static string Tag(HttpResponseMessage response) => response.Headers.ETag?.ToString() ?? throw new HttpRequestException("Blob Storage sent no entity tag.");

    private static string? CodeOf(HttpResponseMessage response) =>
        !response.IsSuccessStatusCode && response.Headers.TryGetValues("x-ms-error-code", out var values) ? string.Concat(values) : null;

    private static HttpRequestException Unexpected(HttpResponseMessage response) =>
        new($"Blob Storage answered {(int)response.StatusCode} {CodeOf(response)}.", null, response.StatusCode);
}
