namespace Portable;

/// <summary>The answer to an HTTP request: a status, headers, and a problem, bytes, a stream or nothing as its body.</summary>
public sealed class HttpResult
{
    private HttpResult(int statusCode, string? title = null, string? detail = null, bool isProblem = false)
    {
        StatusCode = statusCode;
        Title = title;
        Detail = detail;
        IsProblem = isProblem;
    }

    private HttpResult(HttpResult source, IReadOnlyList<KeyValuePair<string, string>> headers)
        : this(source.StatusCode, source.Title, source.Detail, source.IsProblem)
    {
        Content = source.Content;
        Writer = source.Writer;
        ContentType = source.ContentType;
        Headers = headers;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>Whether the answer is a problem (RFC 9457), sent as <c>application/problem+json</c>.</summary>
    public bool IsProblem { get; }

    /// <summary>The title of the problem; the standard phrase of the status when <see langword="null"/>.</summary>
    public string? Title { get; }

    /// <summary>What went wrong this time, for the caller to read.</summary>
    public string? Detail { get; }

    /// <summary>The bytes of the body; <see langword="null"/> when there are none.</summary>
    public byte[]? Content { get; private set; }

    /// <summary>Writes the body piece by piece; <see langword="null"/> when it is no stream.</summary>
    public Func<Stream, CancellationToken, Task>? Writer { get; private set; }

    /// <summary>The media type of <see cref="Content"/> or of what <see cref="Writer"/> writes.</summary>
    public string? ContentType { get; private set; }

    /// <summary>Headers of the answer, in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>A bare status without a body.</summary>
    public static HttpResult Status(int statusCode) => new(statusCode);

    /// <summary>Bytes as they are: an image, a document, a text that is encoded already.</summary>
    /// <param name="content">The body.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="statusCode">The status code.</param>
    /// <exception cref="ArgumentException">The media type cannot stand in a header.</exception>
    public static HttpResult Bytes(byte[] content, string contentType = "application/octet-stream", int statusCode = 200) =>
        new(statusCode) { Content = content, ContentType = HttpHeaders.CheckValue(contentType) };

    /// <summary>
    /// A body that is written piece by piece. The caller receives the pieces as they are flushed where the platform allows it (ASP.NET Core hosts, Lambda with response
    /// streaming); elsewhere the whole body is collected first, and the platform's limit for answers holds.
    /// </summary>
    /// <param name="writer">Writes the body; the token is cancelled when the caller is gone or the time is up. The services of the invocation live until it ends.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="statusCode">The status code.</param>
    /// <exception cref="ArgumentException">The media type cannot stand in a header.</exception>
    public static HttpResult Stream(Func<Stream, CancellationToken, Task> writer, string contentType = "application/octet-stream", int statusCode = 200) =>
        new(statusCode) { Writer = writer, ContentType = HttpHeaders.CheckValue(contentType) };

    /// <summary>A stream as the body, which is read to its end and disposed.</summary>
    /// <param name="content">The body.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="statusCode">The status code.</param>
    /// <exception cref="ArgumentException">The media type cannot stand in a header.</exception>
    public static HttpResult Stream(Stream content, string contentType = "application/octet-stream", int statusCode = 200) =>
        Stream(
            async (output, cancellationToken) =>
            {
                using (content)
                {
                    await content.CopyToAsync(output, 81920, cancellationToken).ConfigureAwait(false);
                }
            },
            contentType,
            statusCode);

    /// <summary>204.</summary>
    public static HttpResult NoContent() => Status(204);

    /// <summary>A problem (RFC 9457).</summary>
    public static HttpResult Problem(int statusCode, string? detail = null, string? title = null) => new(statusCode, title, detail, isProblem: true);

    /// <summary>400 with a problem.</summary>
    public static HttpResult BadRequest(string? detail = null) => Problem(400, detail);

    /// <summary>404 with a problem.</summary>
    public static HttpResult NotFound(string? detail = null) => Problem(404, detail);

    /// <summary>409 with a problem.</summary>
    public static HttpResult Conflict(string? detail = null) => Problem(409, detail);

    /// <summary>A redirection.</summary>
    public static HttpResult Redirect(string location, int statusCode = 302) => Status(statusCode).WithHeader("Location", location);

    /// <summary>200 with a body.</summary>
    public static HttpResult<T> Ok<T>(T value) => new(200, value);

    /// <summary>201 with a body and the address of what was created.</summary>
    public static HttpResult<T> Created<T>(string location, T value) => new HttpResult<T>(201, value).WithHeader("Location", location);

    /// <summary>202 with a body.</summary>
    public static HttpResult<T> Accepted<T>(T value) => new(202, value);

    /// <summary>The same answer with one more header.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value has a line break or another character that no header may have.</exception>
    public HttpResult WithHeader(string name, string value) => new(this, [.. Headers, HttpHeaders.Check(name, value)]);

    /// <summary>The same answer with one more cookie.</summary>
    /// <exception cref="ArgumentException">The name is no token.</exception>
    public HttpResult WithCookie(string name, string value, HttpCookieOptions? options = null) =>
        new(this, [.. Headers, new("Set-Cookie", HttpHeaders.Cookie(name, value, options))]);
}

/// <summary>The answer to an HTTP request: a status, headers, and a JSON body or a problem.</summary>
/// <typeparam name="T">The type of the body.</typeparam>
public sealed class HttpResult<T>
{
    /// <summary>An answer with a body.</summary>
    public HttpResult(int statusCode, T value)
    {
        StatusCode = statusCode;
        Value = value;
        HasValue = true;
    }

    private HttpResult(HttpResult other)
    {
        StatusCode = other.StatusCode;
        Other = other;
        Headers = other.Headers;
    }

    private HttpResult(HttpResult<T> source, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        StatusCode = source.StatusCode;
        Value = source.Value;
        HasValue = source.HasValue;
        Other = source.Other;
        Headers = headers;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>Whether <see cref="Value"/> is the body; else the answer is <see cref="Other"/>.</summary>
    public bool HasValue { get; }

    /// <summary>The body.</summary>
    public T? Value { get; }

    /// <summary>The answer without a typed body; <see langword="null"/> when there is a value.</summary>
    public HttpResult? Other { get; }

    /// <summary>Headers of the answer, in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>200 with the value as its body.</summary>
    public static implicit operator HttpResult<T>(T value) => new(200, value);

    /// <summary>An answer without a typed body.</summary>
    public static implicit operator HttpResult<T>(HttpResult result) => new(result);

    /// <summary>The same answer with one more header.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value has a line break or another character that no header may have.</exception>
    public HttpResult<T> WithHeader(string name, string value) => new(this, [.. Headers, HttpHeaders.Check(name, value)]);

    /// <summary>The same answer with one more cookie.</summary>
    /// <exception cref="ArgumentException">The name is no token.</exception>
    public HttpResult<T> WithCookie(string name, string value, HttpCookieOptions? options = null) =>
        new(this, [.. Headers, new("Set-Cookie", HttpHeaders.Cookie(name, value, options))]);
}
