using System.Net;
using System.Text.Json;
using Portable.AspNet.Tests.Hosts;
using Portable.Local;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

public sealed class WorkflowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Workflow", "local")]
    public async Task A_run_can_be_started_and_watched_over_http()
    {
        await using var local = await LocalFixture.StartAsync();
        var (response, started) = await local.PostAsync("/_portable/workflows/order-fulfilment/runs", """{"id":"7","quantity":2}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await local.Host.Workflows.Find(started.GetProperty("id").GetString()!)!.Completion;

        var run = await local.GetJsonAsync(response.Headers.Location!.ToString());
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal("""{"orderId":"7","status":"shipped"}""", JsonSerializer.Serialize(run.GetProperty("output")));
        Assert.Equal("""{"Price":1,"Charge":1}""", JsonSerializer.Serialize(run.GetProperty("calls")));
        Assert.Equal(
            ["started", "step-started Price 1", "step-succeeded Price 1", "step-started Charge 1", "step-succeeded Charge 1", "succeeded"],
            run.GetProperty("history").EnumerateArray().Select(Describe));
        var list = await local.GetJsonAsync("/_portable/workflows/order-fulfilment/runs");
        Assert.Equal(started.GetProperty("id").GetString(), Assert.Single(list.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_filtered_failure_is_tried_again_after_its_waits()
    {
        var calls = 0;
        var clock = new ManualTimeProvider();
        var orders = new OrdersApp { Log = new CapturedLog(), Charge = (_, _) => ++calls < 3 ? throw new StepFailed("PaymentTimeout", "slow") : Task.CompletedTask };
        await using var app = orders.Build(time: clock);
        var engine = new LocalWorkflowEngine(app);
        var run = engine.Start("order-fulfilment", """{"id":"7","quantity":2}""", "run-1");
        await AdvanceUntilDoneAsync(clock, run);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal("""{"orderId":"7","status":"shipped"}""", run.Output);
        Assert.Equal(3, run.Calls["Charge"]);
        Assert.Equal([2d, 4d], run.History.Where(entry => entry.Kind == RunEventKind.RetryScheduled).Select(entry => entry.Delay!.Value.TotalSeconds));
        Assert.Equal([1, 2, 3], orders.Invocations.Select(invocation => invocation.Attempt));
        Assert.Same(run, engine.Find("run-1"));
    }

    [Fact]
    public async Task Retries_end_with_the_last_failure()
    {
        var clock = new ManualTimeProvider();
        await using var app = new OrdersApp { Log = new CapturedLog(), Charge = (_, _) => throw new StepFailed("PaymentTimeout", "slow", """{"tries":12345678901234567890}""") }.Build(time: clock);
        var run = new LocalWorkflowEngine(app).Start("order-fulfilment", """{"id":"7","quantity":2}""");
        await AdvanceUntilDoneAsync(clock, run);
        Assert.Equal((RunStatus.Failed, 3), (run.Status, run.Calls["Charge"]));
        Assert.Equal(("PaymentTimeout", "slow", """{"tries":12345678901234567890}"""), (run.Failure!.Code, run.Failure.Message, run.Failure.Data));
    }

    [Fact]
    public async Task A_failure_outside_the_filter_is_not_tried_again_and_can_be_caught()
    {
        var orders = new OrdersApp { Log = new CapturedLog(), Charge = (_, _) => throw new StepFailed("CardDeclined", "no funds", """{"a":1}""") };
        await using var local = await LocalFixture.StartAsync(orders);
        var run = local.Host.Workflows.Start("order-fulfilment", """{"id":"7","quantity":2}""");
        await run.Completion.WaitAsync(Token);
        Assert.Equal(1, run.Calls["Charge"]);
        using var output = JsonDocument.Parse(run.Output!);
        Assert.Equal("declined: no funds {\"a\":1}", output.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Any_exception_has_its_type_as_code()
    {
        var orders = new OrdersApp { Price = _ => throw new InvalidOperationException("no price") };
        await using var local = await LocalFixture.StartAsync(orders);
        var (response, _) = await local.PostAsync("/_portable/workflows/order-fulfilment/runs?id=mine", """{"id":"7","quantity":2}""");
        await local.Host.Workflows.Find("mine")!.Completion.WaitAsync(Token);
        var run = await local.GetJsonAsync(response.Headers.Location!.ToString());
        Assert.Equal("""{"code":"InvalidOperationException","message":"no price"}""", JsonSerializer.Serialize(run.GetProperty("error")));
        Assert.Equal("failed", run.GetProperty("history").EnumerateArray().Last().GetProperty("event").GetString());
    }

    [Fact]
    public async Task The_timeout_of_a_step_is_a_failure_with_the_code_timeout()
    {
        var clock = new ManualTimeProvider();
        var never = new TaskCompletionSource();
        await using var app = new OrdersApp { Log = new CapturedLog(), Charge = (_, _) => never.Task }.Build(time: clock);
        var run = new LocalWorkflowEngine(app).Start("order-fulfilment", """{"id":"7","quantity":2}""");
        await AdvanceUntilDoneAsync(clock, run);
        Assert.Equal((StepFailed.TimeoutCode, 3), (run.Failure?.Code, run.Calls["Charge"]));
    }

    [Fact]
    public async Task The_timeout_of_the_run_ends_it()
    {
        var clock = new ManualTimeProvider();
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource<Quote>();
        await using var app = new OrdersApp { Log = new CapturedLog(), Price = _ => { entered.SetResult(); return never.Task; } }.Build(time: clock);
        var run = new LocalWorkflowEngine(app).Start("order-fulfilment", """{"id":"7","quantity":2}""");
        await entered.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(3600));
        await run.Completion.WaitAsync(Token);
        Assert.Equal((RunStatus.Failed, StepFailed.TimeoutCode), (run.Status, run.Failure?.Code));
        var length = run.History.Count;
        never.SetResult(new Quote("7", 1));
        Assert.Equal(length, run.History.Count);
    }

    [Fact]
    public async Task A_branch_that_is_not_taken_calls_nothing()
    {
        await using var local = await LocalFixture.StartAsync();
        var run = local.Host.Workflows.Start("order-fulfilment", """{"id":"7","quantity":201}""");
        await run.Completion.WaitAsync(Token);
        Assert.Equal("""{"orderId":"7","status":"rejected"}""", run.Output);
        Assert.Equal(["Price"], run.Calls.Keys);
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Input_that_is_no_json_starts_nothing(string body, HttpStatusCode status)
    {
        await using var local = await LocalFixture.StartAsync();
        var (response, _) = await local.PostAsync("/_portable/workflows/order-fulfilment/runs", body);
        Assert.Equal(status, response.StatusCode);
        Assert.Empty(local.Host.Workflows.Runs);
    }

    [Fact]
    public async Task Input_of_the_wrong_shape_fails_the_run_with_bad_input()
    {
        await using var local = await LocalFixture.StartAsync();
        var run = local.Host.Workflows.Start("order-fulfilment", """{"id":7}""");
        await run.Completion.WaitAsync(Token);
        Assert.Equal("BadInput", run.Failure?.Code);
    }

    [Fact]
    public async Task An_identifier_is_used_once()
    {
        await using var local = await LocalFixture.StartAsync();
        await local.PostAsync("/_portable/workflows/order-fulfilment/runs?id=a", """{"id":"7","quantity":2}""");
        var (response, _) = await local.PostAsync("/_portable/workflows/order-fulfilment/runs?id=a", """{"id":"7","quantity":2}""");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var unknown = Assert.Throws<ArgumentException>(() => local.Host.Workflows.Start("nothing", "{}"));
        Assert.Contains("'order-fulfilment'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_the_host_ends_the_runs()
    {
        var entered = new TaskCompletionSource();
        var orders = new OrdersApp { Log = new CapturedLog(), Charge = (_, ct) => { entered.SetResult(); return Task.Delay(Timeout.Infinite, ct); } };
        var local = await LocalFixture.StartAsync(orders);
        var run = local.Host.Workflows.Start("order-fulfilment", """{"id":"7","quantity":2}""");
        await entered.Task.WaitAsync(Token);
        await local.DisposeAsync();
        Assert.True(run.Completion.IsCompleted);
        Assert.Equal("Stopped", run.Failure?.Code);
    }

    private static string Describe(JsonElement entry)
    {
        var name = entry.GetProperty("event").GetString()!;
        return entry.TryGetProperty("step", out var step) ? $"{name} {step.GetString()} {entry.GetProperty("attempt").GetInt32()}" : name;
    }

    /// <summary>Lets virtual time pass whenever the run is waiting for it.</summary>
    private static async Task AdvanceUntilDoneAsync(ManualTimeProvider clock, LocalRun run)
    {
        while (!run.Completion.IsCompleted)
        {
            // One timer is the run's own timeout; time moves only while a step's timeout or a retry waits, however slow the machine.
            if (clock.PendingTimers > 1)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.WhenAny(run.Completion, Task.Yield().AsTask());
            Token.ThrowIfCancellationRequested();
        }
    }
}

internal static class YieldExtensions
{
    public static async Task AsTask(this System.Runtime.CompilerServices.YieldAwaitable yield) => await yield;
}
