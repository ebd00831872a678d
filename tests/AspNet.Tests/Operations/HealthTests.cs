using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Operations;

/// <summary>What container platforms ask hosts.</summary>
public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("local", "PORTABLE_PORT")]
    [InlineData("gcp", "PORT")]
    [InlineData("azure", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [Supports("Health endpoint", "local")]
    [Supports("Health endpoint", "gcp native")]
    [Supports("Health endpoint", "azure native")]
    public async Task Every_container_says_that_it_is_well(string host, string portVariable)
    {
        var (process, http) = await HostProcess.ServeAsync(new Dictionary<string, string> { [portVariable] = "0", ["FUNCTION_TARGET"] = "Fail" }, host);
        await using (process)
        using (http)
        {
            using var answer = await http.GetAsync("/_portable/health", Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.Equal("""{"status":"ok"}""", await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task Where_it_is_is_a_setting_and_functions_have_all_other_paths()
    {
        var (process, http) = await HostProcess.ServeAsync(new Dictionary<string, string> { ["PORT"] = "0", ["FUNCTION_TARGET"] = "Echo", ["PORTABLE_HEALTH_PATH"] = "/echo/live" }, "gcp");
        await using (process)
        using (http)
        {
            Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/echo/live", Token));
            using var other = await http.GetAsync("/_portable/health", Token);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
            using var posted = await http.PostAsync("/echo/live", new StringContent("x"), Token);
            Assert.NotEqual("""{"status":"ok"}""", await posted.Content.ReadAsStringAsync(Token));
        }
    }

    [Theory]
    [InlineData(null, "/_portable/health")]
    [InlineData("", "/_portable/health")]
    [InlineData("/live", "/live")]
    public void Its_path(string? said, string expected)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Path = expected;
        foreach (var (method, answers) in (ReadOnlySpan<(string, bool)>)[("GET", true), ("HEAD", true), ("POST", false)])
        {
            context.Request.Method = method;
            Assert.Equal(answers, HealthEndpoint.From(_ => said)!.IsFor(context.Request));
        }
    }

    [Fact]
    public void It_can_be_off() => Assert.Null(HealthEndpoint.From(static _ => "OFF"));

    [Theory]
    [InlineData("health")]
    [InlineData("/")]
    [InlineData("/a?b")]
    public void What_is_no_path_is_refused(string said) => Assert.Throws<FormatException>(() => HealthEndpoint.From(_ => said));

    [Fact]
    public async Task A_process_that_ends_says_so_while_its_requests_finish()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await KestrelHost.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            async context =>
            {
                entered.SetResult();
                await release.Task;
                await HttpReply.Status(204).WriteAsync(context);
            },
            static () => NullLogger.Instance,
            Token,
            HealthEndpoint.From(static _ => null));
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2 }) { BaseAddress = host.Addresses[0] };

        // Two connections that are open before the end begins: a server that stops takes no new ones.
        var running = http.GetAsync("/work", Token);
        await entered.Task;
        Assert.Equal("""{"status":"ok"}""", await http.GetStringAsync("/_portable/health", Token));
        using var stopping = new MemoryStream();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { Response = { Body = stopping } };
        await HealthEndpoint.AnswerAsync(context, stopping: true);
        Assert.Equal(503, context.Response.StatusCode);
        release.SetResult();
        using var answer = await running;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
