using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Portable.Aws.Tests.App;

namespace Portable.Aws.Tests;

/// <summary>The test application as a process of its own, as Lambda starts it.</summary>
public sealed partial class ProcessTests
{
    private const int SigTerm = 15;

    [Fact]
    public async Task Ten_thousand_invocations_of_a_process_get_one_answer_each()
    {
        await using var api = new FakeRuntimeApi();
        using var process = Start(api, "Echo");
        await LoopTests.InvokeManyAsync(api, 10_000);
        Assert.Equal(0, api.Refused);
        Assert.Equal(0, await TerminateAsync(process));
    }

    [Fact]
    public async Task Every_field_of_the_context_comes_from_the_invocation()
    {
        await using var api = new FakeRuntimeApi();
        using var process = Start(api, "Context");
        var deadline = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        var seen = await SeeAsync(api.InvokeAsync(Samples.Http("GET", "/context"), "id-1", deadline, Samples.Trace));
        Assert.Equal(new Seen("id-1", "Context", 1, deadline, Samples.TraceParent, "aws", Samples.Trace), seen);

        // The next one has no trace: nothing of the last may stay.
        seen = await SeeAsync(api.InvokeAsync(Samples.Http("GET", "/context"), "id-2", deadline));
        Assert.Equal(new Seen("id-2", "Context", 1, deadline, null, "aws", null), seen);

        // A caller's own traceparent is nearer to the truth than the gateway's.
        const string Callers = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        seen = await SeeAsync(api.InvokeAsync(Samples.Http("GET", "/context", headers: $$"""{"traceparent":"{{Callers}}"}"""), "id-3", deadline, Samples.Trace));
        Assert.Equal(Callers, seen!.Trace);
        Assert.Equal(0, await TerminateAsync(process));
    }

    [Fact]
    public async Task Sigterm_while_idle_ends_the_process_at_once()
    {
        await using var api = new FakeRuntimeApi();
        using var process = Start(api, "Echo");
        Assert.False((await api.InvokeAsync(Samples.Http("POST", "/echo/1"))).IsError);
        Assert.Equal(0, await TerminateAsync(process));
    }

    [Fact]
    public async Task Sigterm_during_an_invocation_lets_it_be_answered()
    {
        await using var api = new FakeRuntimeApi();
        using var process = Start(api, "Slow");
        var answer = api.InvokeAsync(Samples.Http("GET", "/slow"));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("entered", await process.StandardOutput.ReadLineAsync(cancellation));
        Assert.Equal(0, Kill(process.Id, SigTerm));
        Assert.Equal("SIGTERM", await process.StandardOutput.ReadLineAsync(cancellation));
        Assert.False(answer.IsCompleted);
        await process.StandardInput.WriteLineAsync("done at last");
        Assert.Contains("done at last", (await answer).Body, StringComparison.Ordinal);
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task An_unknown_handler_ends_the_process_with_an_error()
    {
        await using var api = new FakeRuntimeApi();
        using var process = Start(api, "Missing");
        var error = await api.InitError.Task;
        Assert.Contains("Echo, Place", error.Body, StringComparison.Ordinal);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
    }

    [Fact]
    public async Task Outside_Lambda_the_process_says_where_it_belongs()
    {
        using var process = Start(api: null, "Echo");
        var text = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("AWS_LAMBDA_RUNTIME_API is not set", text, StringComparison.Ordinal);
    }

    private static Process Start(FakeRuntimeApi? api, string handler)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Portable.Aws.Tests.App.dll")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["_HANDLER"] = handler;
        start.Environment.Remove("AWS_LAMBDA_RUNTIME_API");
        if (api is not null)
        {
            start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint;
        }

        return Process.Start(start)!;
    }

    private static async Task<int> TerminateAsync(Process process)
    {
        Assert.Equal(0, Kill(process.Id, SigTerm));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private static async Task<Seen?> SeeAsync(Task<Answer> invocation)
    {
        using var response = JsonDocument.Parse((await invocation).Body);
        return JsonSerializer.Deserialize(response.RootElement.GetProperty("body").GetString()!, TestJson.Default.Seen);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
