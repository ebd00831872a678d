using System.Net;
using System.Net.Http.Headers;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// A bucket of S3 over its REST protocol. Buckets are addressed by host name; by path where <c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c> leads elsewhere, or where the
/// bucket's name has a dot, which no certificate fits.
/// </summary>
internal sealed class S3Bucket(Lazy<AwsApi> api, string name, string bucket, Func<string, string?> environment) : IBlobStore
{
    private const string Service = "s3";

    private static readonly TimeSpan LongestPresigned = TimeSpan.FromDays(7); // Signature Version 4 of a query

    /// <inheritdoc/>
    public string Bucket => name;

    /// <inheritdoc/>
    public async Task Put(string name, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream", CancellationToken cancellationToken = default)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed : throw new ArgumentException("The content type is no media type.", nameof(contentType));
        using var answer = await SendAsync(HttpMethod.Put, BlobNames.Check(name), content, type, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Get, BlobNames.Check(name), default, null, cancellationToken).ConfigureAwait(false);
            var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new Blob(content, answer.Content.Headers.ContentType?.ToString(), answer.Headers.ETag?.Tag.Trim('"'));
        }
        catch (OutputException e) when (e.InnerException is AwsApiException { Code: "NoSuchKey" })
        {
            return null;
        }
        catch (HttpRequestException e)
        {
            throw AwsOutputs.Failed($"'{name}' of the bucket '{bucket}' could not be read", e); // the connection broke within the body
        }
    }

    /// <inheritdoc/>
    public async Task Delete(string name, CancellationToken cancellationToken = default)
    {
        using var answer = await SendAsync(HttpMethod.Delete, BlobNames.Check(name), default, null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Uri> Presign(string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken = default)
    {
        BlobNames.Check(name);
        if (validFor < TimeSpan.FromSeconds(1) || validFor > LongestPresigned)
        {
            throw new ArgumentOutOfRangeException(nameof(validFor), validFor, "An address is valid for a second to 7 days.");
        }

        try
        {
            var address = AddressOf(name);
            var query = AwsSignature.SignQuery(
                access == BlobAccess.Read ? "GET" : "PUT", address.Authority, address.AbsolutePath, validFor, Service, api.Value.Region, api.Value.Credentials, api.Value.Time.GetUtcNow());
            return Task.FromResult(new Uri($"{address.GetLeftPart(UriPartial.Path)}?{query}"));
        }
        catch (InvalidOperationException e)
        {
            throw AwsOutputs.Failed($"'{name}' of the bucket '{bucket}' has no address", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, ReadOnlyMemory<byte> content, MediaTypeHeaderValue? contentType, CancellationToken cancellationToken)
    {
        try
        {
            return await new AwsRetry(api.Value.Time).CallAsync(cancel => SendOnceAsync(method, name, content, contentType, cancel), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AwsApiException or HttpRequestException or InvalidOperationException)
        {
            throw AwsOutputs.Failed($"S3 did not {method.Method} '{name}' of the bucket '{bucket}'", e);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string name, ReadOnlyMemory<byte> content, MediaTypeHeaderValue? contentType, CancellationToken cancellationToken)
    {
        var address = AddressOf(name);
        var hash = AwsSignature.HashOf(content.Span);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = address.Authority, ["x-amz-content-sha256"] = hash };
        AwsSignature.Sign(new SignedRequest(method.Method, address.AbsolutePath, "", hash), headers, Service, api.Value.Region, api.Value.Credentials, api.Value.Time.GetUtcNow());
        using var request = new HttpRequestMessage(method, address);
        if (method == HttpMethod.Put)
        {
            request.Content = new ReadOnlyMemoryContent(content);
            request.Content.Headers.ContentType = contentType;
        }

        foreach (var (header, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        var answer = await api.Value.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw ErrorOf(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private Uri AddressOf(string name)
    {
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var elsewhere = environment("AWS_ENDPOINT_URL_S3") ?? environment("AWS_ENDPOINT_URL");
        return elsewhere is { Length: > 0 } ? new Uri($"{elsewhere.TrimEnd('/')}/{bucket}/{path}")
            : bucket.Contains('.') ? new Uri($"https://s3.{api.Value.Region}.amazonaws.com/{bucket}/{path}")
            : new Uri($"https://{bucket}.s3.{api.Value.Region}.amazonaws.com/{path}");
    }

    // <Error><Code>NoSuchKey</Code><Message>...</Message>...</Error>
    private static AwsApiException ErrorOf(HttpStatusCode status, string xml) =>
        new(Between(xml, "<Code>", "</Code>") ?? $"Http{(int)status}", WebUtility.HtmlDecode(Between(xml, "<Message>", "</Message>")) ?? "S3 answered without an error of its own.", (int)status);

    private static string? Between(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : text[(from + begin.Length)..to];
    }
}
