using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>The answer to a request, as adapters write it into their envelope.</summary>
public sealed class HttpReply
{
    private const string JsonType = "application/json; charset=utf-8";

    private readonly Func<Stream, CancellationToken, Task>? _writer;
    private readonly FunctionInvoker? _invoker;
    private readonly FunctionDefinition? _function;
    private readonly InvocationContext? _context;

    private HttpReply(int statusCode, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, Func<Stream, CancellationToken, Task>? writer = null)
    {
        _writer = writer;
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
        Headers = headers;
    }

    private HttpReply(HttpReply streamed, FunctionInvoker invoker, FunctionDefinition function, InvocationContext context)
        : this(streamed.StatusCode, streamed.ContentType, default, streamed.Headers, streamed._writer) =>
        (_invoker, _function, _context) = (invoker, function, context);

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The content type; <see langword="null"/> when there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>The body; empty when it is streamed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// Whether the body is written piece by piece. A host calls then, exactly once, <see cref="StreamAsync"/>, <see cref="BufferAsync"/> or <see cref="DiscardAsync"/>: the
    /// invocation lasts until then.
    /// </summary>
    public bool IsStreamed => _writer is not null;

    /// <summary>Further headers, in order; a name may appear more than once. The content type is not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>An answer that was kept.</summary>
    internal static HttpReply Of(int statusCode, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers) => new(statusCode, contentType, body, headers);

    /// <summary>A status without a body.</summary>
    public static HttpReply Status(int statusCode) => new(statusCode, null, default, []);

    /// <summary>A text; the answer of a handler that returns a string.</summary>
    public static HttpReply Text(string? value) => new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(value ?? ""), []);

    /// <summary>A JSON body; the answer of a handler that returns a value.</summary>
    public static HttpReply Json<T>(T value, JsonTypeInfo<T> type) => new(200, JsonType, JsonSerializer.SerializeToUtf8Bytes(value, type), []);

    /// <summary>A body that is JSON already.</summary>
    public static HttpReply JsonText(int statusCode, ReadOnlyMemory<byte> json) => new(statusCode, JsonType, json, []);

    /// <summary>The answer of a handler that returns an <see cref="HttpResult"/>.</summary>
    public static HttpReply From(HttpResult result) => result.IsProblem
        ? Problem(result.StatusCode, result.Detail, result.Title, result.Headers)
        : new(result.StatusCode, result.ContentType, result.Content, result.Headers, result.Writer);

    /// <summary>The answer of a handler that returns an <see cref="HttpResult{T}"/>.</summary>
    public static HttpReply From<T>(HttpResult<T> result, JsonTypeInfo<T> type)
    {
        if (result.HasValue)
        {
            return new(result.StatusCode, JsonType, JsonSerializer.SerializeToUtf8Bytes(result.Value!, type), result.Headers);
        }

        var reply = From(result.Other!);
        return new(reply.StatusCode, reply.ContentType, reply.Body, result.Headers, reply._writer);
    }

    /// <summary>A problem (RFC 9457) as <c>application/problem+json</c>.</summary>
    public static HttpReply Problem(int statusCode, string? detail = null, string? title = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null) =>
        new(statusCode, "application/problem+json; charset=utf-8", ProblemJson.Write(statusCode, title, detail, []), headers ?? []);

    /// <summary>400 with one entry per parameter that could not be bound.</summary>
    public static HttpReply BindingProblem(IReadOnlyList<BindingError> errors) =>
        new(400, "application/problem+json; charset=utf-8", ProblemJson.Write(400, null, "The request does not fit the function's parameters.", errors), []);

    /// <summary>Streams the body and ends the invocation.</summary>
    /// <param name="output">Where the body goes; not closed.</param>
    /// <exception cref="Exception">What the writer throws, logged already: the answer is incomplete, which the caller must be made to notice.</exception>
    public async Task StreamAsync(Stream output)
    {
        try
        {
            await _writer!(output, _context?.CancellationToken ?? default).ConfigureAwait(false);
        }
        catch (Exception e) when (_invoker is not null)
        {
            _invoker.HandlerFailed(_function!, _context!, e);
            throw;
        }
        finally
        {
            await DiscardAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the invocation of a streamed answer whose body nobody wants.</summary>
    public ValueTask DiscardAsync() => _context?.DisposeAsync() ?? default;

    /// <summary>The answer with its whole body, for platforms that take no other: this one, or what its writer writes.</summary>
    /// <param name="limit">The most bytes of a body that the platform takes; a larger one becomes a 500 with a problem.</param>
    public async ValueTask<HttpReply> BufferAsync(int limit = int.MaxValue)
    {
        if (!IsStreamed)
        {
            return this;
        }

        using var body = new LimitedBuffer(limit);
        try
        {
            await StreamAsync(body).ConfigureAwait(false);
        }
        catch (Exception) when (body.IsFull)
        {
            return TooLarge(limit);
        }
        catch (Exception)
        {
            return Problem(500, "The function failed.");
        }

        return new(StatusCode, ContentType, body.Content, Headers);
    }

    /// <summary>500 for an answer that is larger than the platform takes.</summary>
    /// <param name="limit">The platform's limit in bytes.</param>
    public static HttpReply TooLarge(int limit) =>
        Problem(500, $"The answer is larger than the {limit} bytes that this platform takes.");

    /// <summary>This streamed answer, which ends the invocation when it is written.</summary>
    internal HttpReply Within(FunctionInvoker invoker, FunctionDefinition function, InvocationContext context) => new(this, invoker, function, context);

    /// <summary>Memory that refuses to grow beyond a limit.</summary>
    private sealed class LimitedBuffer(int limit) : MemoryStream
    {
        public bool IsFull { get; private set; }

        public ReadOnlyMemory<byte> Content => GetBuffer().AsMemory(0, (int)Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            Take(count);
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Take(buffer.Length);
            base.Write(buffer);
        }

        public override void WriteByte(byte value)
        {
            Take(1);
            base.WriteByte(value);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Take(count);
            return base.WriteAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        private void Take(int count)
        {
            if (count > limit - Position)
            {
                IsFull = true;
                throw new IOException($"The answer is larger than {limit} bytes.");
            }
        }
    }
}
