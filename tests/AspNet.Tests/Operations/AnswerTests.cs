using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Portable.AspNet.Tests.Gcp;
using Portable.Gcp;
using Portable.Local;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Operations;

/// <summary>Answers that take their time: piece by piece, or not in time at all.</summary>
public sealed class AnswerTests
{
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("local")]
    [InlineData("gcp managed")]
    [InlineData("gcp native")]
    [Supports("Streamed HTTP responses", "local")]
    [Supports("Streamed HTTP responses", "gcp managed")]
    [Supports("Streamed HTTP responses", "gcp native")]
    public async Task The_caller_has_the_first_piece_before_the_last_is_written(string target) => await RunAsync(target, "Pieces", async http =>
    {
        using var answer = await http.GetAsync("/pieces", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("one", await reader.ReadLineAsync(Token));
        _received.SetResult();
        Assert.Equal("two", await reader.ReadToEndAsync(Token));
    });

    [Theory]
    [InlineData("local")]
    [InlineData("gcp managed")]
    [InlineData("gcp native")]
    [Supports("Deadline as cancellation", "local")]
    [Supports("Deadline as cancellation", "gcp managed")]
    [Supports("Deadline as cancellation", "gcp native")]
    public async Task The_functions_timeout_cancels_the_handler(string target) => await RunAsync(target, "Waits", async http =>
    {
        using var answer = await http.GetAsync("/waits", Token);
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    });

    private PortableApp Build(string cloud) => new(
        cloud,
        [
            new HttpFunction("Pieces", "GET", "/pieces", _ => new(HttpReply.From(HttpResult.Stream(async (output, cancellation) =>
            {
                await output.WriteAsync("one\n"u8.ToArray(), cancellation);
                await output.FlushAsync(cancellation);
                await _received.Task.WaitAsync(cancellation);
                await output.WriteAsync("two"u8.ToArray(), cancellation);
            })))),
            new HttpFunction("Waits", "GET", "/waits", async call =>
            {
                var waiting = Task.Delay(Timeout.Infinite, call.Context.CancellationToken);
                _time.Advance(TimeSpan.FromSeconds(9));
                Assert.False(waiting.IsCompleted);
                _time.Advance(TimeSpan.FromSeconds(1));
                await waiting;
                return HttpReply.Status(200);
            }, timeoutSeconds: 10),
        ],
        [],
        static app => app.Services.AddLogging(static logging => logging.ClearProviders()),
        _time);

    private async Task RunAsync(string target, string function, Func<HttpClient, Task> scenario)
    {
        await using var app = Build(target.Split(' ')[0]);
        switch (target)
        {
            case "local":
                await using (var host = await LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0", Time = _time }, Token))
                {
                    await AskAsync(host.Address);
                }

                break;
            case "gcp native":
                await using (var gcp = await GcpFixture.StartAsync(app, function))
                {
                    await scenario(gcp.Http);
                }

                break;
            default:
                // The vendor's framework hands its HttpContext to the emitted class, which calls nothing but this.
                await using (var host = await KestrelHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), new GcpFunction(app, function).HandleAsync, static () => NullLogger.Instance, Token))
                {
                    await AskAsync(host.Addresses[0]);
                }

                break;
        }

        async Task AskAsync(Uri address)
        {
            using var http = new HttpClient { BaseAddress = address };
            await scenario(http);
        }
    }
}
