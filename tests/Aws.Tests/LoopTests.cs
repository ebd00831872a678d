using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Portable.Aws.Tests.App;
using Portable.TestKit;

namespace Portable.Aws.Tests;

/// <summary>The loop over the Runtime API: one answer per event, whatever the connection does.</summary>
public sealed class LoopTests
{
    public static TheoryData<string> Connections => ["plain", "chunked", "split", "closing", "close-announced"];

    [Fact]
    public async Task Ten_thousand_invocations_get_one_answer_each()
    {
        await using var runtime = new InProcessRuntime("Echo");
        await InvokeManyAsync(runtime.Api, 10_000);
        Assert.Equal(0, runtime.Api.Refused);
        Assert.Equal(0, await runtime.StopAsync());
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Every_kind_of_connection_gives_every_event_one_answer(string kind)
    {
        var behaviour = kind switch
        {
            "chunked" => new Behaviour { ChunkSize = 37 },
            "split" => new Behaviour { SplitSize = 11, ChunkSize = 64 },
            "closing" => new Behaviour { CloseEvery = 3 },
            "close-announced" => new Behaviour { CloseAlways = true },
            _ => new Behaviour(),
        };
        await using var runtime = new InProcessRuntime("Echo", behaviour);
        await InvokeManyAsync(runtime.Api, 300);
        Assert.Equal(0, runtime.Api.Refused);
        Assert.Equal(0, await runtime.StopAsync());
    }

    [Fact]
    public async Task A_response_whose_receipt_is_lost_is_sent_again_and_refused_once()
    {
        await using var runtime = new InProcessRuntime("Echo", new Behaviour { DropAnswers = 1 });
        await InvokeManyAsync(runtime.Api, 3);
        Assert.Equal(1, runtime.Api.Refused);
        Assert.Equal(0, await runtime.StopAsync());
    }

    [Fact]
    public async Task Large_events_and_responses_pass()
    {
        await using var runtime = new InProcessRuntime("Place", new Behaviour { ChunkSize = 32 * 1024 });
        var note = new string('x', 3_000_000);
        var answer = await runtime.Api.InvokeAsync(Samples.Http("POST", "/orders", body: $$"""{"id":"1","total":2,"note":"{{note}}"}"""));
        Assert.False(answer.IsError);
        Assert.Contains(note, answer.Body, StringComparison.Ordinal);
        var small = await runtime.Api.InvokeAsync(Samples.Http("POST", "/orders", body: """{"id":"1","total":2}"""));
        Assert.DoesNotContain("xxx", small.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Responses_are_json_with_a_length()
    {
        await using var runtime = new InProcessRuntime("Echo");
        var answer = await runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/7", body: "1234"), id: "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        Assert.Equal("/2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response", answer.Path);
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("""{"statusCode":200,"headers":{"content-type":"text/plain; charset=utf-8"},"body":"7:4"}""", answer.Body);
    }

    [Fact]
    [Supports("HTTP trigger", "aws native")]
    public async Task An_order_is_placed()
    {
        await using var runtime = new InProcessRuntime("place"); // the handler's name ignores case
        var answer = await runtime.Api.InvokeAsync(Samples.Http("POST", "/orders", "express=true", """{"id":"a b","total":2}"""));
        using var response = JsonDocument.Parse(answer.Body);
        Assert.Equal(201, response.RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal("/orders/a%20b", response.RootElement.GetProperty("headers").GetProperty("Location").GetString());
        Assert.Equal("""{"id":"a b","total":2,"note":"express"}""", response.RootElement.GetProperty("body").GetString());
    }

    [Fact]
    [Supports("Services from [Startup]", "aws native")]
    public async Task Services_are_those_of_the_startup_class()
    {
        await using var runtime = new InProcessRuntime("Served");
        var answer = await runtime.Api.InvokeAsync(Samples.Http("GET", "/served"));
        Assert.Contains("from the startup class", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Deadline as cancellation", "aws native")]
    public async Task The_deadline_cancels_the_handler_before_the_platform_ends_it()
    {
        var clock = new ManualTimeProvider();
        await using var runtime = new InProcessRuntime("Waits", app: TestApplication.Create(clock));
        var answer = runtime.Api.InvokeAsync(Samples.Http("GET", "/waits"), deadline: clock.GetUtcNow().AddSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => clock.PendingTimers > 0, TimeSpan.FromSeconds(10)));
        clock.Advance(TimeSpan.FromSeconds(9.4));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Contains("\"statusCode\":504", (await answer).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_reaches_its_deadline_is_an_error()
    {
        var clock = new ManualTimeProvider();
        await using var runtime = new InProcessRuntime("Deadline", app: TestApplication.Create(clock));
        var answer = runtime.Api.InvokeAsync(Samples.Schedule, deadline: clock.GetUtcNow().AddSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => clock.PendingTimers > 0, TimeSpan.FromSeconds(10)));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("TaskCanceledException", (await answer).Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    [Fact]
    public async Task A_response_that_is_too_large_becomes_an_error()
    {
        await using var runtime = new InProcessRuntime("Echo", new Behaviour { ResponseStatus = static body => body.Contains("13:", StringComparison.Ordinal) ? 413 : 0 });
        var answer = await runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/13"));
        Assert.True(answer.IsError);
        Assert.Equal("Portable.ResponseTooLarge", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.False((await runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/14"))).IsError);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_response_that_is_refused_does_not_end_the_loop(int status)
    {
        await using var runtime = new InProcessRuntime("Echo", new Behaviour { ResponseStatus = body => body.Contains("13:", StringComparison.Ordinal) ? status : 0 });
        _ = runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/13"));
        Assert.False((await runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/14"))).IsError);
    }

    [Fact]
    public async Task A_platform_that_fails_ends_the_process()
    {
        await using var runtime = new InProcessRuntime("Echo", new Behaviour { ResponseStatus = static _ => 500 });
        _ = runtime.Api.InvokeAsync(Samples.Http("POST", "/echo/13"));
        Assert.Equal(1, await runtime.Loop);
    }

    [Fact]
    public async Task Stopping_while_idle_ends_the_wait()
    {
        await using var runtime = new InProcessRuntime("Echo");
        await runtime.Api.FirstNext.Task;
        Assert.Equal(0, await runtime.StopAsync());
    }

    [Fact]
    public async Task Stopping_before_the_start_fetches_nothing()
    {
        await using var api = new FakeRuntimeApi();
        Assert.Equal(0, LambdaBootstrap.Run(TestApplication.Create(), api.Endpoint, "Echo", new CancellationToken(canceled: true)));
        Assert.False(api.FirstNext.Task.IsCompleted);
    }

    [Theory]
    [InlineData("nowhere", "Portable.UnknownFunction")]
    [InlineData("bootstrap", "Portable.UnknownFunction")]
    public async Task An_unknown_handler_is_an_initialisation_error_that_lists_the_functions(string handler, string type)
    {
        await using var runtime = new InProcessRuntime(handler);
        Assert.Equal(1, await runtime.Loop);
        var error = await runtime.Api.InitError.Task;
        Assert.Equal(type, error.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.Headers["Content-Type"]);
        Assert.Contains($"'{handler}'", error.Body, StringComparison.Ordinal);
        Assert.Contains("Echo, Place, Context", error.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bootstrap")]
    [InlineData("")]
    [InlineData(null)]
    public void The_only_function_needs_no_name(string? handler)
    {
        var app = new Runtime.PortableApp("aws", [TestApplication.Create().Functions[0]], []);
        Assert.Equal("Echo", LambdaInvoker.Find(app, handler).Name);
        Assert.Throws<InvalidOperationException>(() => LambdaInvoker.Find(app, "Other"));
    }

    internal static async Task InvokeManyAsync(FakeRuntimeApi api, int count)
    {
        var answers = new ConcurrentBag<(int Number, Answer Answer)>();
        await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            var body = new string('b', number % 500);
            answers.Add((number, await api.InvokeAsync(Samples.Http("POST", $"/echo/{number}", body: body.Length == 0 ? null : body), id: $"n-{number}")));
        }));

        Assert.Equal(count, answers.Count);
        Assert.All(answers, static pair =>
        {
            Assert.Equal($"/2018-06-01/runtime/invocation/n-{pair.Number}/response", pair.Answer.Path);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"body\":\"{pair.Number}:{pair.Number % 500}\""), pair.Answer.Body, StringComparison.Ordinal);
        });
    }
}
