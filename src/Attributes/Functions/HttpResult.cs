namespace Portable;

/// <summary>The answer to an HTTP request without a body of its own: a status, headers, or a problem.</summary>
public sealed class HttpResult
{
    private HttpResult(int statusCode, string? title, string? detail, bool isProblem)
    {
        StatusCode = statusCode;
        Title = title;
        Detail = detail;
        IsProblem = isProblem;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>Whether the answer is a problem (RFC 9457), sent as <c>application/problem+json</c>.</summary>
    public bool IsProblem { get; }

    /// <summary>The title of the problem; the standard phrase of the status when <see langword="null"/>.</summary>
    public string? Title { get; }

    /// <summary>What went wrong this time, for the caller to read.</summary>
    public string? Detail { get; }

    /// <summary>Headers of the answer, in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private set; } = [];

    /// <summary>A bare status without a body.</summary>
    public static HttpResult Status(int statusCode) => new(statusCode, null, null, isProblem: false);

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
    public HttpResult WithHeader(string name, string value) =>
        new(StatusCode, Title, Detail, IsProblem) { Headers = [.. Headers, new(name, value)] };
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
    public HttpResult<T> WithHeader(string name, string value) => new(this, [.. Headers, new(name, value)]);
}
