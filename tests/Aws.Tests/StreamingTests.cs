using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>Answers that leave piece by piece, over the wire of the Runtime API.</summary>
public sealed class StreamingTests
{
    private readonly TaskCompletionSource<string> _firstPiece = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _events = [];

    [Fact]
    [Supports("Streamed HTTP responses", "aws native")]
    public async Task The_caller_has_the_first_piece_before_the_last_is_written()
    {
        await using var runtime = Start(HttpResult.Stream(
            async (output, cancellationToken) =>
            {
                await output.WriteAsync("data: 1\n\n"u8.ToArray(), cancellationToken);
                await output.FlushAsync(cancellationToken);
                var seen = await _firstPiece.Task.WaitAsync(cancellationToken); // would hang if pieces were kept
                await output.WriteAsync(Encoding.UTF8.GetBytes($"data: {seen.Length}\n\n"), cancellationToken);
            },
            "text/event-stream").WithCookie("a", "1"));
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"));

        Assert.Equal("streaming", answer.Headers["Lambda-Runtime-Function-Response-Mode"]);
        Assert.Equal("application/vnd.awslambda.http-integration-response", answer.Headers["Content-Type"]);
        Assert.Equal("""{"statusCode":200,"headers":{"content-type":"text/event-stream"},"cookies":["a=1; Path=/; Secure; HttpOnly; SameSite=Lax"]}""" + "\0\0\0\0\0\0\0\0data: 1\n\ndata: 9\n\n", answer.Body);
        Assert.Empty(answer.Trailers);
        Assert.Equal("disposed", Assert.Single(_events)); // after the last piece, and not before: see below
        Assert.False((await runtime.Api.InvokeAsync(Samples.Http("GET", "/other"))).IsError); // the connection is still good
    }

    [Fact]
    public async Task Services_live_until_the_last_piece()
    {
        await using var runtime = Start(HttpResult.Stream(
            (output, _) =>
            {
                _events.Add("written");
                output.WriteByte((byte)'x');
                return Task.CompletedTask;
            }));
        Assert.EndsWith("\0x", (await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"))).Body, StringComparison.Ordinal);
        Assert.Equal(["written", "disposed"], _events);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_says_so_in_its_trailers()
    {
        await using var runtime = Start(HttpResult.Stream((output, _) =>
        {
            output.Write("half"u8);
            output.Flush();
            throw new InvalidOperationException("The store is closed.");
        }));
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"));
        Assert.EndsWith("\0half", answer.Body, StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException", answer.Trailers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Contains("The store is closed.", Encoding.UTF8.GetString(Convert.FromBase64String(answer.Trailers["Lambda-Runtime-Function-Error-Body"])), StringComparison.Ordinal);
        Assert.Equal("disposed", Assert.Single(_events));
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_piece_is_a_500()
    {
        await using var runtime = Start(HttpResult.Stream((_, _) => throw new InvalidOperationException("The store is closed.")));
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"));
        Assert.StartsWith("""{"statusCode":500,""", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("store", answer.Body, StringComparison.Ordinal);
        Assert.Empty(answer.Trailers);
    }

    [Fact]
    public async Task Answers_that_are_whole_have_the_same_form_there()
    {
        await using var runtime = Start(HttpResult.NotFound("No such thing."));
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"));
        Assert.StartsWith("""{"statusCode":404,"headers":{"content-type":"application/problem\u002Bjson; charset=utf-8"}}""".Replace("\\u002B", "+", StringComparison.Ordinal) + "\0\0\0\0\0\0\0\0{", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    [InlineData(7 * 1024 * 1024)]
    public async Task Pieces_of_every_size_arrive(int size)
    {
        var content = new byte[size];
        Array.Fill(content, (byte)'z');
        await using var runtime = Start(HttpResult.Stream(new MemoryStream(content)));
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"));
        Assert.Equal(size, answer.Body.Length - answer.Body.LastIndexOf('\0') - 1);
    }

    [Fact]
    public async Task Without_the_setting_a_stream_is_collected()
    {
        await using var runtime = Start(HttpResult.Stream(new MemoryStream("text"u8.ToArray()), "text/plain"), streams: false);
        Assert.Equal("""{"statusCode":200,"headers":{"content-type":"text/plain"},"body":"text"}""", (await runtime.Api.InvokeAsync(Samples.Http("GET", "/answer"))).Body);
        Assert.Equal("disposed", Assert.Single(_events));
    }

    [Fact]
    public async Task A_collected_stream_has_the_platforms_limit_and_its_failures_are_500s()
    {
        await using var large = Start(HttpResult.Stream(new MemoryStream(new byte[6 * 1024 * 1024 + 1])), streams: false);
        Assert.Contains("6291456 bytes", (await large.Api.InvokeAsync(Samples.Http("GET", "/answer"))).Body, StringComparison.Ordinal);
        await using var broken = Start(HttpResult.Stream((output, _) =>
        {
            output.WriteByte(1);
            throw new InvalidOperationException("The store is closed.");
        }), streams: false);
        var answer = (await broken.Api.InvokeAsync(Samples.Http("GET", "/answer"))).Body;
        Assert.StartsWith("""{"statusCode":500,""", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("store", answer, StringComparison.Ordinal);
    }

    private InProcessRuntime Start(HttpResult result, bool streams = true)
    {
        var pieces = 0;
        var behaviour = new Behaviour
        {
            OnChunk = piece =>
            {
                if (++pieces == 2) // the first is the prelude
                {
                    _firstPiece.TrySetResult(piece);
                }
            },
        };
        var app = new PortableApp("aws", [new HttpFunction("Answer", "GET", "/answer", call =>
        {
            _ = call.Context.Services.GetRequiredService<Witness>();
            return new(HttpReply.From(result));
        })], [], app => app.Services.AddScoped(_ => new Witness(_events)));
        return new InProcessRuntime("Answer", behaviour, app, streams);
    }

    private sealed class Witness(List<string> events) : IDisposable
    {
        public void Dispose() => events.Add("disposed");
    }
}
