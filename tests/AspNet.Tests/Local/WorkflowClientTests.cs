using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portable.Local;

namespace Portable.AspNet.Tests.Local;

/// <summary>Workflows from outside: by the client that functions are given, and over HTTP.</summary>
public sealed class WorkflowClientTests : IAsyncDisposable
{
    private readonly FlowApp _app = new FlowApp().Workflow("flow", async (flow, input) =>
    {
        await flow.Publish(new Placed(input));
        var answer = await flow.Event<Placed>("answer", TimeSpan.FromMinutes(5));
        return answer.OrderId == "bad" ? throw new StepFailed("Refused", "no", "[1]") : input + answer.OrderId;
    });

    private LocalHost? _host;
    private HttpClient? _http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Functions_start_a_run_once_raise_events_and_see_the_result()
    {
        var (host, _) = await StartAsync();
        var client = host.App.Services.GetRequiredService<IWorkflowClient>();
        Assert.Equal("run-1", await client.Start("flow", "in", "run-1", Token));
        Assert.Equal("run-1", await client.Start("flow", "again", "run-1", Token));
        Assert.Equal(new WorkflowRun("run-1", "flow", WorkflowStatus.Running), await client.Get("flow", "run-1", Token));
        await client.Raise("run-1", "answer", new Placed("!"), Token);
        await host.Workflows.Find("run-1")!.Completion.WaitAsync(Token);
        Assert.Equal(new WorkflowRun("run-1", "flow", WorkflowStatus.Succeeded, "\"in!\""), await client.Get("flow", "run-1", Token));
        await client.Raise("run-1", "answer", new Placed("late"), Token);

        var other = await client.Start("flow", "in", cancellationToken: Token);
        await client.Raise(other, "answer", new Placed("bad"), Token);
        await host.Workflows.Find(other)!.Completion.WaitAsync(Token);
        Assert.Equal(new Failure("Refused", "no", "[1]"), (await client.Get("flow", other, Token))!.Failure);
    }

    [Fact]
    public async Task What_does_not_exist_is_said()
    {
        var (host, _) = await StartAsync();
        var client = host.App.Services.GetRequiredService<IWorkflowClient>();
        Assert.Contains("'flow'", (await Assert.ThrowsAsync<ArgumentException>(() => client.Start("nothing", "in", cancellationToken: Token))).Message, StringComparison.Ordinal);
        Assert.Contains("takes String, not Int32", (await Assert.ThrowsAsync<ArgumentException>(() => client.Start("flow", 7, cancellationToken: Token))).Message, StringComparison.Ordinal);
        Assert.Contains("no run 'nobody'", (await Assert.ThrowsAsync<ArgumentException>(() => client.Raise("nobody", "answer", new Placed("x"), Token))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => client.Raise("nobody", "answer", Token, Token));
        Assert.Null(await client.Get("flow", "nobody", Token));
    }

    [Fact]
    public async Task A_run_shows_what_it_waits_for_and_where_to_raise_it()
    {
        var (host, http) = await StartAsync();
        using var started = await http.PostAsync("/_portable/workflows/flow/runs?id=run-1", new StringContent("\"in\""), Token);
        await FlowApp.WhenIdleAsync(host.Workflows);
        var run = await http.GetFromJsonAsync<JsonElement>(started.Headers.Location, Token);
        var wait = Assert.Single(run.GetProperty("waitingFor").EnumerateArray());
        Assert.Equal(("event", "answer", "1"), (wait.GetProperty("kind").GetString(), wait.GetProperty("name").GetString(), wait.GetProperty("key").GetString()));
        Assert.Equal(_app.Clock.GetUtcNow().AddMinutes(5), wait.GetProperty("until").GetDateTimeOffset());
        var raise = wait.GetProperty("raiseLink").GetString();
        Assert.Equal("/_portable/workflows/flow/runs/run-1/events/answer", raise);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(raise!, "no json"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("/_portable/workflows/flow/runs/run-2/events/answer", "1"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync(raise, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(raise!, """{"orderId":"!"}"""));
        await host.Workflows.Find("run-1")!.Completion.WaitAsync(Token);
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(raise!, "1"));

        run = await http.GetFromJsonAsync<JsonElement>(started.Headers.Location, Token);
        Assert.Equal("in!", run.GetProperty("output").GetString());
        Assert.Equal(
            ["started", "published", "event-awaited", "event-raised", "event-received", "succeeded"],
            run.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()));

        var published = Assert.Single((await http.GetFromJsonAsync<JsonElement>("/_portable/events", Token)).EnumerateArray());
        Assert.Equal(("run-1-0", "portable.flow", "com.acme.placed", 2), (
            published.GetProperty("id").GetString(), published.GetProperty("source").GetString(), published.GetProperty("type").GetString(), published.GetProperty("version").GetInt32()));
        Assert.Equal("in", published.GetProperty("payload").GetProperty("orderId").GetString());
        Assert.Equal(1, (await http.GetFromJsonAsync<JsonElement>("/_portable/", Token)).GetProperty("publishedEvents").GetInt32());

        async Task<HttpStatusCode> PostAsync(string path, string json)
        {
            using var response = await http.PostAsync(path, new StringContent(json), Token);
            return response.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private async Task<(LocalHost Host, HttpClient Http)> StartAsync()
    {
        _host = await LocalHost.StartAsync(_app.Build(), new() { Url = "http://127.0.0.1:0" }, Token);
        _http = new HttpClient { BaseAddress = _host.Address };
        return (_host, _http);
    }
}
