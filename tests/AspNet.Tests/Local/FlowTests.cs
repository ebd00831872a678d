using Portable.Local;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Local;

/// <summary>Branches, maps, waits, events and other workflows, on the local engine.</summary>
public sealed class FlowTests
{
    [Fact]
    public async Task Branches_run_side_by_side_and_keep_their_order()
    {
        var both = new CountdownEvent(2);
        var release = new TaskCompletionSource<string>();
        var app = new FlowApp()
            .Step("A", async (input, _) => { Meet(); await release.Task; return input + "a"; })
            .Step("B", async (input, _) => { Meet(); await release.Task; return input + "b"; })
            .Workflow("flow", async (flow, input) =>
            {
                var (a, b) = await flow.Parallel(flow.Branch(() => flow.RunStep<string, string>("A", input)), flow.Branch(() => flow.RunStep<string, string>("B", input)));
                return a + b;
            });
        void Meet()
        {
            if (both.Signal())
            {
                release.SetResult("");
            }
        }

        Assert.Equal("\"inainb\"", (await app.RunAsync()).Output);
    }

    [Fact]
    public async Task The_first_failure_in_time_counts_and_the_others_stop_before_their_next_step()
    {
        var handled = false;
        var app = new FlowApp()
            .Step("Slow", retry: RetryPolicy.Create(3))
            .Step("After")
            .Step("Fail", _ => throw new StepFailed("First", "first"))
            .Workflow("flow", async (flow, input) =>
            {
                try
                {
                    await flow.Parallel(
                        flow.Branch(async () =>
                        {
                            try
                            {
                                await flow.Delay(TimeSpan.FromHours(1));
                                return await flow.RunStep<string, string>("After", input);
                            }
                            catch (StepFailed)
                            {
                                handled = true;
                                throw;
                            }
                        }),
                        flow.Branch(async () =>
                        {
                            await flow.Delay(TimeSpan.FromSeconds(2));
                            return await flow.RunStep<string, string>("Fail", input);
                        }));
                    return "no";
                }
                catch (StepFailed failure)
                {
                    return $"{failure.Code} {await flow.RunStep<string, string>("Slow", "then")} {flow.UtcNow:HH:mm:ss}";
                }
            });
        Assert.Equal("\"First Slow:then 00:00:02\"", (await app.RunAsync()).Output);
        Assert.False(handled);
        Assert.Equal(["Fail(in)", "Slow(then)"], app.Called);
    }

    [Fact]
    public async Task A_stopped_branch_finishes_its_call_and_does_not_repeat_it()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var app = new FlowApp()
            .Step("Held", async (_, _) => { entered.SetResult(); await release.Task; throw new StepFailed("Second"); }, RetryPolicy.Create(5))
            .Step("Fail", async (_, _) => { await entered.Task; throw new StepFailed("First"); })
            .Workflow("flow", async (flow, input) =>
            {
                await flow.Parallel(flow.Branch(() => flow.RunStep<string, string>("Held", input)), flow.Branch(() => flow.RunStep<string, string>("Fail", input)));
                return "no";
            });
        var engine = app.Engine();
        var run = engine.Start("flow", "\"in\"");
        while (run.History.All(entry => entry.Kind != RunEventKind.StepFailed))
        {
            await Task.Yield();
        }

        Assert.Equal(RunStatus.Running, run.Status);
        release.SetResult();
        await app.FinishAsync(engine, run);
        Assert.Equal("First", run.Failure?.Code);
        Assert.Equal(1, run.Calls["Held"]);
    }

    [Fact]
    public async Task A_map_starts_its_elements_in_order_as_there_is_room()
    {
        var running = 0;
        var most = 0;
        var app = new FlowApp()
            .Step("Pack", async (input, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return input.ToUpperInvariant();
            })
            .Workflow("flow", async (flow, _) =>
            {
                string[] lines = ["a", "b", "c", "d", "e", "f", "g"];
                return string.Concat(await flow.Map(lines, line => flow.RunStep<string, string>("Pack", line), maxConcurrency: 3));
            });
        Assert.Equal("\"ABCDEFG\"", (await app.RunAsync()).Output);
        Assert.InRange(most, 1, 3);
        Assert.Equal("Pack(a) Pack(b) Pack(c) Pack(d) Pack(e) Pack(f) Pack(g)", string.Join(' ', app.Called));
    }

    [Fact]
    public async Task TryMap_collects_failures_and_stops_nobody()
    {
        var app = new FlowApp()
            .Step("Pack", line => line == "b" ? throw new StepFailed("Torn", "torn", "[1]") : line.ToUpperInvariant())
            .Workflow("flow", async (flow, _) =>
            {
                var outcomes = await flow.TryMap(["a", "b", "c"], line => flow.RunStep<string, string>("Pack", line));
                return string.Join(' ', outcomes.Select(outcome => outcome.Value ?? outcome.Failure!.Code + outcome.Failure.Data));
            });
        Assert.Equal("\"A Torn[1] C\"", (await app.RunAsync()).Output);
    }

    [Fact]
    public async Task A_programming_error_fails_the_run_through_every_handler()
    {
        var app = new FlowApp { CompensatesOnFailure = true }
            .Step("Do", undo: new StepCompensation("Undo", true))
            .Step("Undo")
            .Workflow("flow", async (flow, input) =>
            {
                await flow.RunStep<string, string>("Do", input);
                try
                {
                    await flow.TryMap([1, 0], item => Task.FromResult(1 / item));
                }
                catch (StepFailed)
                {
                    return "caught";
                }

                return "no";
            });
        var run = await app.RunAsync();
        Assert.Equal("DivideByZeroException", run.Failure?.Code);
        Assert.Equal(["Do(in)"], app.Called);
    }

    [Fact]
    public async Task Waits_take_whole_seconds_and_what_is_past_does_not_wait()
    {
        var app = new FlowApp().Workflow("flow", async (flow, _) =>
        {
            var start = flow.UtcNow;
            await flow.Delay(TimeSpan.Zero);
            await flow.Delay(TimeSpan.FromMilliseconds(1200));
            await flow.Until(start);
            await flow.Until(start.AddSeconds(10));
            return (flow.UtcNow - start).ToString();
        });
        var run = await app.RunAsync();
        Assert.Equal("\"00:00:10\"", run.Output);
        Assert.Equal(2, run.History.Count(entry => entry.Kind == RunEventKind.WaitStarted));
    }

    [Fact]
    public async Task A_wait_may_be_longer_than_timers_count()
    {
        var app = new FlowApp().Workflow("flow", async (flow, _) =>
        {
            var start = flow.UtcNow;
            await flow.Delay(TimeSpan.FromDays(100));
            return (flow.UtcNow - start).ToString();
        });
        var engine = app.Engine();
        var run = engine.Start("flow", "\"\"");
        while (!run.Completion.IsCompleted)
        {
            await FlowApp.WhenIdleAsync(engine);
            app.Clock.Advance(TimeSpan.FromDays(10));
        }

        Assert.Equal("\"100.00:00:00\"", run.Output);
    }

    [Fact]
    public async Task Events_are_kept_until_they_are_taken_in_order()
    {
        var app = new FlowApp().Workflow("flow", async (flow, _) =>
        {
            await flow.Delay(TimeSpan.FromSeconds(5));
            var first = await flow.Event<string>("answer", TimeSpan.FromMinutes(1));
            var second = await flow.Event<string>("answer", TimeSpan.FromMinutes(1));
            return first + second;
        });
        var engine = app.Engine();
        var run = engine.Start("flow", "\"\"", "run-1");
        Assert.True(await engine.RaiseAsync("run-1", "answer", "\"a\""));
        Assert.True(await engine.RaiseAsync("run-1", "answer", "\"b\""));
        Assert.False(await engine.RaiseAsync("nobody", "answer", "\"b\""));
        await app.FinishAsync(engine, run);
        Assert.Equal("\"ab\"", run.Output);
        Assert.False(await engine.RaiseAsync("run-1", "answer", "\"late\""));
    }

    [Fact]
    public async Task An_event_that_does_not_come_is_a_timeout_that_can_be_caught_and_a_late_one_is_kept()
    {
        var app = new FlowApp().Workflow("flow", async (flow, _) =>
        {
            try
            {
                return await flow.Event<string>("answer", TimeSpan.FromSeconds(30));
            }
            catch (StepFailed failure) when (failure.Code == StepFailed.TimeoutCode)
            {
                await flow.Delay(TimeSpan.FromSeconds(10));
                return $"{flow.UtcNow:mm:ss} {await flow.Event<string>("answer", TimeSpan.FromSeconds(30))}";
            }
        });
        var engine = app.Engine();
        var run = engine.Start("flow", "\"\"", "run-1");
        await FlowApp.WhenIdleAsync(engine);
        Assert.Equal((OperationKind.Event, "answer"), (Assert.Single(run.WaitingFor).Kind, run.WaitingFor[0].Name));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await FlowApp.WhenIdleAsync(engine);
        await engine.RaiseAsync("run-1", "answer", "\"late\"");
        await app.FinishAsync(engine, run);
        Assert.Null(run.Failure);
        Assert.Equal("\"00:40 late\"", run.Output);
    }

    [Fact]
    public async Task Branches_that_wait_for_the_same_event_each_take_one()
    {
        var app = new FlowApp().Workflow("flow", async (flow, _) =>
        {
            var (a, b) = await flow.Parallel(
                flow.Branch(() => flow.Event<string>("answer", TimeSpan.FromMinutes(1))),
                flow.Branch(() => flow.Event<string>("answer", TimeSpan.FromMinutes(1))));
            return a + b;
        });
        var engine = app.Engine();
        var run = engine.Start("flow", "\"\"", "run-1");
        await FlowApp.WhenIdleAsync(engine);
        await Task.WhenAll(engine.RaiseAsync("run-1", "answer", "\"1\""), engine.RaiseAsync("run-1", "answer", "\"2\""));
        await app.FinishAsync(engine, run);
        Assert.Equal("\"12\"", run.Output);
    }

    [Fact]
    public async Task Another_workflow_has_a_run_of_its_own_and_its_failure_is_ours()
    {
        var app = new FlowApp()
            .Step("Ship", input => input == "bad" ? throw new StepFailed("Lost", "lost", "{}") : input + "!")
            .Workflow("parent", async (flow, input) =>
            {
                var good = await flow.Child<string, string>("child", input);
                try
                {
                    return await flow.Child<string, string>("child", "bad");
                }
                catch (StepFailed failure)
                {
                    return $"{good} {failure.Code} {failure.Message} {failure.FailureData}";
                }
            })
            .Workflow("child", (flow, input) => flow.RunStep<string, string>("Ship", input));
        var engine = app.Engine();
        var run = engine.Start("parent", "\"in\"", "run-1");
        await app.FinishAsync(engine, run);
        Assert.Equal("\"in! Lost lost {}\"", run.Output);
        Assert.Equal(["run-1", "run-1-0", "run-1-1"], engine.Runs.Select(each => each.Id));
    }

    [Fact]
    public async Task Identifiers_are_the_same_whenever_the_body_runs_and_different_otherwise()
    {
        async Task<string> Body(IWorkflow flow, string _)
        {
            var ids = await flow.Map([1, 2], __ => Task.FromResult(flow.NewGuid()));
            return $"{flow.NewGuid()} {string.Join(' ', ids)}";
        }

        var first = (await new FlowApp().Workflow("flow", Body).RunAsync()).Output!;
        Assert.Equal(first, (await new FlowApp().Workflow("flow", Body).RunAsync()).Output);
        Assert.Equal(3, first.Trim('"').Split(' ').Distinct().Count());
    }

    [Fact]
    public async Task A_step_is_told_its_run_its_attempt_and_its_key()
    {
        InvocationContext? seen = null;
        var run = await new FlowApp()
            .Keyed("Charge", context => seen = context)
            .Workflow("flow", async (flow, _) => { await flow.RunStep<Placed, None>("Charge", new Placed("o-7")); return ""; })
            .RunAsync();
        Assert.Equal(("o-7", "run-1", 1), (seen!.IdempotencyKey, seen.RunId, seen.Attempt));
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Theory]
    [InlineData(7, "7")]
    [InlineData(0, "0")]
    public async Task A_key_that_the_context_leaves_out_of_the_payload_is_known(int count, string expected)
    {
        string? key = null;
        await new FlowApp()
            .KeyedByCount("Book", context => key = context.IdempotencyKey)
            .Workflow("flow", async (flow, _) => { await flow.RunStep<Counted, None>("Book", new Counted("a", count)); return ""; })
            .RunAsync();
        Assert.Equal(expected, key);
    }

    [Fact]
    public async Task Jitter_leaves_a_part_of_a_wait_and_the_same_part_every_time()
    {
        var policy = RetryPolicy.Create(3, intervalSeconds: 100, backoffRate: 1) with { Jitter = true };
        async Task<double[]> WaitsAsync()
        {
            var run = await new FlowApp().Step("Fail", _ => throw new StepFailed("X"), policy).Workflow("flow", (flow, input) => flow.RunStep<string, string>("Fail", input)).RunAsync();
            return [.. run.History.Where(entry => entry.Kind == RunEventKind.RetryScheduled).Select(entry => entry.Delay!.Value.TotalSeconds)];
        }

        var waits = await WaitsAsync();
        Assert.All(waits, wait => Assert.InRange(wait, 0, 100));
        Assert.NotEqual(waits[0], waits[1]);
        Assert.Equal(waits, await WaitsAsync());
    }

    [Fact]
    public async Task A_body_that_leaves_the_engine_fails_with_the_way_back()
    {
        var run = await new FlowApp().Step("A").Workflow("flow", async (flow, input) =>
        {
            await new Elsewhere();
            return await flow.RunStep<string, string>("A", input);
        }).RunAsync();
        Assert.Equal("InvalidOperationException", run.Failure?.Code);
        Assert.Contains("ConfigureAwait", run.Failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>Goes on with a thread of the pool, as what is awaited with <c>ConfigureAwait(false)</c> does.</summary>
    private sealed class Elsewhere : System.Runtime.CompilerServices.INotifyCompletion
    {
        public bool IsCompleted => false;

        public Elsewhere GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
    }
}
