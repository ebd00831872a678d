using System.Net;
using System.Net.Http.Headers;
using Portable.Runtime;

namespace Portable.Azure.Outputs;

/// <summary>A container of blobs (documentation: "Put Blob", "Get Blob", "Delete Blob").</summary>
internal sealed class BlobBucket(StorageApi api, BlobSignatures signatures, Func<Uri> container, string bucket) : IBlobStore
{
    private static readonly TimeSpan LongestValidity = TimeSpan.FromDays(7);

    public string Bucket => bucket;

    public async Task Put(string name, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream", CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            throw new ArgumentException($"'{contentType}' is no media type.", nameof(contentType));
        }

        var what = $"The object '{name}' was not written to '{bucket}'";
        using var response = await api.SendAsync(Create, what, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw StorageApi.Refused(what, response);
        }

        HttpRequestMessage Create()
        {
            var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(content) };
            request.Content.Headers.ContentType = type;
            request.Content.Headers.ContentLength = content.Length;
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            return request;
        }
    }

    public async Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        var what = $"The object '{name}' was not read from '{bucket}'";
        using var response = await api.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), what, cancellationToken).ConfigureAwait(false);
        if (IsMissing(response))
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw StorageApi.Refused(what, response);
        }

        try
        {
            return new Blob(
                await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
                response.Content.Headers.ContentType?.ToString(),
                response.Headers.ETag?.Tag.Trim('"'));
        }
        catch (HttpRequestException e)
        {
            throw new OutputException($"{what}: {e.Message}", e);
        }
    }

    public async Task Delete(string name, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        var what = $"The object '{name}' was not deleted from '{bucket}'";
        using var response = await api.SendAsync(Create, what, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode && !IsMissing(response))
        {
            throw StorageApi.Refused(what, response);
        }

        HttpRequestMessage Create()
        {
            var request = new HttpRequestMessage(HttpMethod.Delete, address);
            request.Headers.Add("x-ms-delete-snapshots", "include");
            return request;
        }
    }

    public Task<Uri> Presign(string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        return validFor <= TimeSpan.Zero || validFor > LongestValidity
            ? throw new ArgumentException("An address is valid for up to 7 days.", nameof(validFor))
            : signatures.SignAsync(address, container(), name, access, validFor, cancellationToken);
    }

    private static bool IsMissing(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.NotFound && StorageApi.Code(response) is "BlobNotFound";

    private Uri AddressOf(string name)
    {
        BlobNames.Check(name);
        var folder = container();
        return new UriBuilder(folder) { Path = $"{folder.AbsolutePath.TrimEnd('/')}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}" }.Uri;
    }
}
