using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portable.Local;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Local;

/// <summary>The steps of a run belong to the request that started it, also when they run long after it, in another process.</summary>
public sealed class WorkflowOriginTests : IDisposable
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "portable-origin-" + Guid.NewGuid().ToString("n"));
    private readonly List<string> _seen = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/start")] // a function that has an IWorkflowClient
    [InlineData("/_portable/workflows/parent/runs")]
    public async Task Steps_children_and_the_next_process_have_the_correlation_id_and_trace_of_the_request(string path)
    {
        await using (var host = await StartAsync())
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("\"in\"") };
            request.Headers.Add("x-correlation-id", "c-1");
            request.Headers.Add("traceparent", Trace);
            using var answer = await http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await FlowApp.WhenIdleAsync(host.Workflows);
        }

        Assert.Equal([$"before c-1 {Trace}", $"child c-1 {Trace}"], _seen);
        await using (var host = await StartAsync())
        {
            var run = host.Workflows.Runs.Single(static run => run.Workflow == "parent");
            await host.Workflows.RaiseAsync(run.Id, "go", "\"on\"");
            await run.Completion.WaitAsync(Token);
        }

        Assert.Equal($"after c-1 {Trace}", _seen[2]);
    }

    [Fact]
    public async Task A_run_that_nobody_started_has_nothing_of_another()
    {
        await using var host = await StartAsync();
        var run = host.Workflows.Start("child", "\"in\"");
        await run.Completion.WaitAsync(Token);
        Assert.Null(run.Origin);
        Assert.Equal([$"child {run.Id}-1 "], _seen);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<LocalHost> StartAsync()
    {
        var flows = new FlowApp()
            .Step("Note", (input, context) =>
            {
                _seen.Add($"{input} {context.CorrelationId} {context.TraceParent}");
                return Task.FromResult(input);
            })
            .Workflow("child", static (flow, _) => flow.RunStep<string, string>("Note", "child"))
            .Workflow("parent", static async (flow, input) =>
            {
                await flow.RunStep<string, string>("Note", "before");
                await flow.Child<string, string>("child", input);
                await flow.Event<string>("go", TimeSpan.FromMinutes(5));
                return await flow.RunStep<string, string>("Note", "after");
            })
            .Build();
        var start = new HttpFunction("Start", "POST", "/start", static async call =>
        {
            await call.Context.Services.GetRequiredService<IWorkflowClient>().Start("parent", "in");
            return HttpReply.Status(202);
        });
        var app = new PortableApp("local", [start], flows.Workflows);
        return await LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0", JournalFile = Path.Combine(_folder, "runs.db") }, Token);
    }
}
