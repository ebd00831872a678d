using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Portable.Gcp.Services;
using Portable.Runtime;

namespace Portable.Gcp.Outputs;

/// <summary>A bucket of Cloud Storage over its JSON interface (REST reference, objects.insert, .get and .delete).</summary>
internal sealed class GoogleBucket(string bucket, GoogleApi api, TimeProvider time, string? emulator) : IBlobStore
{
    private const string Service = "https://storage.googleapis.com";

    private static readonly TimeSpan LongestAccess = TimeSpan.FromDays(7); // of a V4 signature

    private string Endpoint => emulator ?? Service;

    /// <inheritdoc/>
    public string Bucket => bucket;

    /// <inheritdoc/>
    public async Task Put(string name, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream", CancellationToken cancellationToken = default)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out _))
        {
            throw new ArgumentException("The content type is no media type.", nameof(contentType));
        }

        var address = $"{Endpoint}/upload/storage/v1/b/{Uri.EscapeDataString(bucket)}/o?uploadType=media&name={Uri.EscapeDataString(BlobNames.Check(name))}";
        using var response = await SendAsync(HttpMethod.Post, address, content, contentType, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, "written", name, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Get, AddressOf(name) + "?alt=media", null, "", cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound && !await IsNoBucketAsync(response, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await CheckAsync(response, "read", name, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength > Array.MaxLength)
        {
            throw new OutputException($"The object '{name}' of the bucket '{bucket}' is larger than 2 GB and cannot be read at once; read it by a presigned address.");
        }

        var content = await ReadAsync(response, name, cancellationToken).ConfigureAwait(false);
        return new Blob(content, response.Content.Headers.ContentType?.ToString(), response.Headers.ETag?.Tag);
    }

    /// <inheritdoc/>
    public async Task Delete(string name, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Delete, AddressOf(name), null, "", cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound || await IsNoBucketAsync(response, cancellationToken).ConfigureAwait(false))
        {
            await CheckAsync(response, "deleted", name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<Uri> Presign(string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken = default)
    {
        BlobNames.Check(name);
        if (validFor < TimeSpan.FromSeconds(1) || validFor > LongestAccess)
        {
            throw new ArgumentOutOfRangeException(nameof(validFor), validFor, "An address is valid for 1 second to 7 days.");
        }

        if (emulator is not null)
        {
            return new Uri($"{emulator}/{Uri.EscapeDataString(bucket)}/{SignedUrl.Escape(name)}"); // emulators check no signature, and there is nobody to sign
        }

        try
        {
            var account = await api.Identity.EmailAsync(cancellationToken).ConfigureAwait(false);
            var url = SignedUrl.Prepare(access == BlobAccess.Write ? "PUT" : "GET", Service, bucket, name, account, time.GetUtcNow(), validFor);
            return url.With(await api.Identity.SignAsync(url.StringToSign, api, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"Nobody could be reached to sign for the bucket '{bucket}': {e.Message}", e);
        }
    }

    private string AddressOf(string name) => $"{Endpoint}/storage/v1/b/{Uri.EscapeDataString(bucket)}/o/{Uri.EscapeDataString(BlobNames.Check(name))}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, ReadOnlyMemory<byte>? body, string contentType, CancellationToken cancellationToken)
    {
        try
        {
            return await api.SendRepeatableAsync(new GoogleRequest(method, address, body, contentType, IsAnonymous: emulator is not null), cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"The bucket '{bucket}' could not be reached: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutputException($"The bucket '{bucket}' did not answer in time.", e);
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"The object '{name}' of the bucket '{bucket}' broke off: {e.Message}", e);
        }
    }

    // 404 is said of an object and of a bucket; only the text tells which.
    private static async Task<bool> IsNoBucketAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(answer).Contains("bucket does not exist", StringComparison.OrdinalIgnoreCase);
    }

    private async Task CheckAsync(HttpResponseMessage response, string done, string name, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            using var reply = new GoogleReply(response.StatusCode, GoogleApi.TryParse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)));
            throw new OutputException($"The object '{name}' of the bucket '{bucket}' was not {done}: {(int)reply.Status} {reply.ErrorStatus ?? response.ReasonPhrase}.");
        }
    }
}
