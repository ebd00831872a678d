using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Azure;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>Requests and answers that are more than one JSON text, in both hostings.</summary>
public sealed class HttpTests
{
    private static readonly byte[] s_bytes = [0, 0xff, 0xfe, 10, 13, 0x80];

    private readonly CapturedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Binary and multi-value HTTP", "azure managed")]
    public async Task The_worker_gets_bytes_several_headers_and_cookies_of_their_own()
    {
        await using var app = App(call => Bytes(call.Request.Body.ToArray()).WithHeader("X-Many", call.Request.Header("x-many")!).WithHeader("X-Many", "c")
            .WithHeader("Set-Cookie", "a=1%20x; Path=/; HttpOnly; SameSite=Lax").WithHeader("Set-Cookie", "b=2; Domain=shop.example; Max-Age=60; Secure; SameSite=None"));
        using var body = new MemoryStream(s_bytes);
        var reply = await new AzureFunction(app, "Echo").InvokeHttpAsync(
            "POST", new Uri("https://shop.example/echo"), [KeyValuePair.Create("X-Many", "a"), KeyValuePair.Create("x-many", "b")], body, "i", null, Token);

        Assert.Equal(s_bytes, reply.Body.ToArray());
        Assert.Equal(["a,b", "c"], reply.Headers.Where(header => header.Key == "X-Many").Select(header => header.Value));
        Assert.Equal(
            [("a", "1 x", "/", null, null, true, false, 1), ("b", "2", null, "shop.example", 60d, false, true, 3)],
            AzureCookie.Several(reply).Select(cookie => (cookie.Name, cookie.Value, cookie.Path, cookie.Domain, cookie.MaxAge, cookie.HttpOnly, cookie.Secure, cookie.SameSite)));
    }

    [Fact]
    public void One_cookie_stays_the_header_that_it_is() =>
        Assert.Empty(AzureCookie.Several(HttpReply.From(HttpResult.Status(200).WithHeader("Set-Cookie", "a=1").WithHeader("X", "y"))));

    [Fact]
    public async Task A_streamed_answer_is_buffered_for_the_worker()
    {
        await using var app = App(_ => HttpResult.Stream(async (output, cancellation) =>
        {
            await output.WriteAsync("one "u8.ToArray(), cancellation);
            await output.FlushAsync(cancellation);
            await output.WriteAsync("two"u8.ToArray(), cancellation);
        }));
        var reply = await new AzureFunction(app, "Echo").InvokeHttpAsync("POST", new Uri("https://shop.example/echo"), [], Stream.Null, "i", null, Token);
        Assert.Equal(("one two", false), (Encoding.UTF8.GetString(reply.Body.Span), reply.IsStreamed));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        await using var app = App(_ => HttpResult.NoContent());
        Assert.Equal(413, (await new AzureFunction(app, "Echo").InvokeHttpAsync("POST", new Uri("https://shop.example/echo"), [], new EndlessStream(), "i", null, Token)).StatusCode);
    }

    [Fact]
    [Supports("Binary and multi-value HTTP", "azure native")]
    public async Task A_forwarded_request_is_answered_with_bytes_and_headers_as_they_are()
    {
        await using var app = App(call => Bytes(call.Request.Body.ToArray()).WithHeader("Set-Cookie", "a=1").WithHeader("Set-Cookie", "b=2"));
        var context = Request("/echo", s_bytes, "application/octet-stream");
        await new CustomHandler(app, forwardsHttp: true).HandleAsync(context);
        Assert.Equal(s_bytes, ((MemoryStream)context.Response.Body).ToArray());
        Assert.Equal("a=1|b=2", string.Join("|", context.Response.Headers.SetCookie.AsEnumerable()));
    }

    [Fact]
    [Supports("Streamed HTTP responses", "azure native")]
    public async Task A_forwarded_request_is_answered_piece_by_piece()
    {
        var flushed = new List<string>();
        var context = Request("/echo", [], "text/plain");
        await using var app = App(_ => HttpResult.Stream(async (output, cancellation) =>
        {
            foreach (var piece in new[] { "one ", "two" })
            {
                await output.WriteAsync(Encoding.UTF8.GetBytes(piece), cancellation);
                await output.FlushAsync(cancellation);
                flushed.Add(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
            }
        }));
        await new CustomHandler(app, forwardsHttp: true).HandleAsync(context);
        Assert.Equal(["one ", "one two"], flushed);
    }

    [Fact]
    public async Task A_described_request_of_a_binary_type_has_its_bytes()
    {
        await using var app = App(call => HttpResult.Bytes(Encoding.UTF8.GetBytes(Convert.ToHexString(call.Request.Body.Span)), "text/plain"));
        Assert.Equal("00FFFE0A0D80", Body(await DescribeAsync(app, "application/octet-stream", Convert.ToBase64String(s_bytes))));
        Assert.Equal("00FFFE0A0D80", Body(await DescribeAsync(app, "multipart/form-data; boundary=x", Convert.ToBase64String(s_bytes))));
        Assert.Equal("41414141", Body(await DescribeAsync(app, "text/plain", "AAAA")));
    }

    [Fact]
    public async Task A_described_request_cannot_be_answered_with_bytes_and_the_log_says_why()
    {
        await using var app = App(_ => Bytes(s_bytes));
        var answer = await DescribeAsync(app, "text/plain", "");
        Assert.Equal("500", answer.GetProperty("Outputs").GetProperty("res").GetProperty("statusCode").ToString());
        Assert.Contains(_log.Lines, line => line.Contains("enableForwardingHttpRequest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/{name}")]
    [InlineData("/{*rest}")]
    [InlineData("/sweep")]
    public async Task Requests_are_not_forwarded_where_an_invocation_could_be_taken_for_one(string route)
    {
        await using var app = new PortableApp("azure", [new HttpFunction("Any", "POST", route, _ => new(HttpReply.Status(200))), new ScheduleFunction("Sweep", "0 3 * * *", _ => default)], []);
        Assert.Contains("Any would take the invocations of Sweep", Assert.Throws<FormatException>(() => new CustomHandler(app, forwardsHttp: true)).Message, StringComparison.Ordinal);
        _ = new CustomHandler(app, forwardsHttp: false);
    }

    [Theory]
    [InlineData(Way.Managed)]
    [InlineData(Way.Native)]
    [Supports("Deadline as cancellation", "azure managed")]
    [Supports("Deadline as cancellation", "azure native")]
    public async Task The_functions_timeout_cancels_the_handler_before_the_host_does(Way way)
    {
        var time = new ManualTimeProvider();
        await using var app = new PortableApp(
            "azure",
            [new HttpFunction("Echo", "POST", "/echo", async call =>
            {
                var waiting = Task.Delay(Timeout.Infinite, call.Context.CancellationToken);
                time.Advance(TimeSpan.FromSeconds(9.4));
                Assert.False(waiting.IsCompleted);
                time.Advance(TimeSpan.FromSeconds(0.1)); // half a second before the host gives up
                await waiting;
                return HttpReply.Status(200);
            }, timeoutSeconds: 10)],
            [],
            app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(_log)),
            time);
        if (way == Way.Managed)
        {
            Assert.Equal(504, (await new AzureFunction(app, "Echo").InvokeHttpAsync("POST", new Uri("https://shop.example/echo"), [], Stream.Null, "i", null, Token)).StatusCode);
        }
        else
        {
            var answer = await DescribeAsync(app, "text/plain", "");
            Assert.Equal("504", answer.GetProperty("Outputs").GetProperty("res").GetProperty("statusCode").ToString());
        }
    }

    private static HttpResult Bytes(byte[] content) => HttpResult.Bytes(content);

    private static string? Body(JsonElement answer) => answer.GetProperty("Outputs").GetProperty("res").GetProperty("body").GetString();

    private static async Task<JsonElement> DescribeAsync(PortableApp app, string contentType, string body)
    {
        var invocation = JsonSerializer.SerializeToUtf8Bytes(new
        {
            Data = new { req = new { Url = "http://localhost/echo", Method = "POST", Query = "{}", Headers = new Dictionary<string, string[]> { ["Content-Type"] = [contentType] }, Params = new { }, Body = body } },
            Metadata = new { },
        });
        var context = Request("/Echo", invocation, "application/json");
        await new CustomHandler(app, forwardsHttp: false).HandleAsync(context);
        using var document = JsonDocument.Parse(((MemoryStream)context.Response.Body).ToArray());
        return document.RootElement.Clone();
    }

    private static DefaultHttpContext Request(string path, byte[] body, string contentType)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = path;
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private PortableApp App(Func<HttpCall, HttpResult> handler) => new(
        "azure",
        [new HttpFunction("Echo", "POST", "/echo", call => new(HttpReply.From(handler(call))))],
        [],
        app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(_log)));

    /// <summary>More than any limit, without holding it.</summary>
    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
