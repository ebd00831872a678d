using System.Text;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Core.Tests;

/// <summary>What a handler may answer beside values: bytes, streams, cookies; and what it may not.</summary>
public sealed class HttpResultTests
{
    [Theory]
    [InlineData("a\r\nSet-Cookie: b=1")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("a\u007f")]
    [InlineData("é")]
    [InlineData("a\u2028b")]
    public void A_value_that_could_begin_another_header_is_refused(string value)
    {
        Assert.Throws<ArgumentException>(() => HttpResult.Status(200).WithHeader("X-One", value));
        Assert.Throws<ArgumentException>(() => HttpResult.Ok(1).WithHeader("X-One", value));
        Assert.Throws<ArgumentException>(() => HttpResult.Redirect("/" + value));
        Assert.Throws<ArgumentException>(() => HttpResult.Created("/" + value, 1));
        Assert.Throws<ArgumentException>(() => HttpResult.Bytes([], value));
        Assert.Throws<ArgumentException>(() => HttpResult.Stream(static (_, _) => Task.CompletedTask, value));
        Assert.Throws<ArgumentException>(() => HttpResult.Status(200).WithCookie("a", "1", new HttpCookieOptions { Path = value }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData("a\r\n")]
    [InlineData("ä")]
    public void A_name_that_is_no_token_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => HttpResult.Status(200).WithHeader(name, "1"));
        Assert.Throws<ArgumentException>(() => HttpResult.Ok(1).WithCookie(name, "1"));
    }

    [Fact]
    public void A_cookie_is_careful_unless_told_otherwise()
    {
        static string Cookie(string value, HttpCookieOptions? options) => Assert.Single(HttpResult.NoContent().WithCookie("a", value, options).Headers).Value;

        Assert.Equal("a=x%3B%20y%0D%0A; Path=/; Secure; HttpOnly; SameSite=Lax", Cookie("x; y\r\n", null));
        Assert.Equal(
            "a=1; Path=/a; Domain=example.com; Max-Age=90; SameSite=Strict",
            Cookie("1", new() { Path = "/a", Domain = "example.com", MaxAge = TimeSpan.FromSeconds(90.5), Secure = false, HttpOnly = false, SameSite = "Strict" }));
        Assert.Throws<ArgumentException>(() => Cookie("1", new() { Path = "/; Domain=evil.example" }));
    }

    [Fact]
    public void Bytes_keep_their_type_and_headers()
    {
        var reply = HttpReply.From(HttpResult.Bytes([1, 2], "image/png", 203).WithHeader("X-One", "1").WithHeader("X-One", "2"));
        Assert.Equal((203, "image/png", 2, 2), (reply.StatusCode, reply.ContentType, reply.Body.Length, reply.Headers.Count));
        Assert.False(reply.IsStreamed);
        HttpResult<int> typed = HttpResult.Bytes([7], "image/png");
        Assert.Equal(7, HttpReply.From(typed.WithHeader("a", "b"), Portable.Runtime.Json.PrimitiveJson.Default.Int32).Body.Span[0]);
    }

    [Fact]
    public async Task A_stream_is_read_disposed_and_limited()
    {
        var content = new Watched(Encoding.UTF8.GetBytes("content"));
        var reply = HttpReply.From(HttpResult.Stream(content, "text/plain").WithHeader("a", "b"));
        Assert.True(reply.IsStreamed);
        var buffered = await reply.BufferAsync(7);
        Assert.Equal("content", Encoding.UTF8.GetString(buffered.Body.Span));
        Assert.Equal(("text/plain", 200, 1), (buffered.ContentType, buffered.StatusCode, buffered.Headers.Count));
        Assert.True(content.IsDisposed);
        Assert.Equal(500, (await HttpReply.From(HttpResult.Stream(new Watched(new byte[8]))).BufferAsync(7)).StatusCode);
        Assert.Equal(500, (await HttpReply.From(HttpResult.Stream(static (_, _) => throw new InvalidOperationException("x"))).BufferAsync()).StatusCode);
    }

    [Fact]
    public async Task A_streamed_answer_is_cancelled_at_the_deadline()
    {
        var clock = new ManualTimeProvider();
        await using var app = new PortableApp("aws", [], [], time: clock);
        var function = new HttpFunction("F", "GET", "/", static _ => new(HttpReply.From(HttpResult.Stream(static (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)))));
        var reply = await new FunctionInvoker(app).InvokeAsync(function, new FakeEnvelope(), new InvocationContext(app, "F", "1", deadline: clock.GetUtcNow().AddSeconds(10)));
        var writing = reply.StreamAsync(Stream.Null);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(writing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private sealed class Watched(byte[] content) : MemoryStream(content)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
