using Portable.Runtime;
using Portable.Testing.Durable;

namespace Portable.Testing.Tests.Durable;

/// <summary>Orchestrations: turns, replay, retries, failures and what an orchestrator must not do.</summary>
public sealed class ReplayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_turn_runs_the_orchestrator_from_its_start()
    {
        var starts = 0;
        List<bool> replaying = [];
        var engine = new ReplayEngine(async context =>
        {
            starts++;
            var a = await context.CallActivityAsync("A", context.Input);
            replaying.Add(context.IsReplaying);
            var b = await context.CallActivityAsync("B", a);
            return $"[{a},{b}]";
        });
        var result = await engine.RunAsync("1", new StepScript().Answers("A", static input => input + "0").Answers("B", static input => input + "0").Handler, Token);
        Assert.Equal("[10,100]", result.Output);
        Assert.Equal((3, 3), (starts, engine.Turns));
        Assert.Equal([false, true], replaying);
        Assert.Equal(["A", "B"], result.Calls.Select(static call => call.Name));
        Assert.Equal(["1", "10"], result.Calls.Select(static call => call.Input));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 3, 3)]
    public async Task MaxAttempts_counts_calls_in_total(int faults, int calls, int seconds)
    {
        var engine = new ReplayEngine(static context => context.CallActivityAsync("A", "1", new ReplayRetry(3, TimeSpan.FromSeconds(1), 2))!);
        var result = await engine.RunAsync(null, new StepScript().Fails("A", faults, "Busy").Returns("A", "\"ok\"").Handler, Token);
        Assert.Equal("\"ok\"", result.Output);
        Assert.Equal((calls, TimeSpan.FromSeconds(seconds)), (result.CallsOf("A"), result.Elapsed));
        Assert.Equal(Enumerable.Range(1, calls), result.Calls.Select(static call => call.Attempt));
    }

    [Fact]
    public async Task Exhausted_retries_throw_the_last_failure_after_one_more_timer()
    {
        var engine = new ReplayEngine(static context => context.CallActivityAsync("A", "1", new ReplayRetry(3, TimeSpan.FromMilliseconds(100)))!);
        var result = await engine.RunAsync(null, new StepScript().FailsAlways("A", "Busy", "later").Handler, Token);
        Assert.Equal(3, result.CallsOf("A"));
        Assert.Equal(3, engine.History.Count(static happened => happened.Kind == HistoryEventKind.TimerCreated));
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", result.Error!.Code);
        Assert.StartsWith("Task 'A' (#4) failed with an unhandled exception: StepFailed: ", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(new StepFailure("Busy", "later"), result.Error.Failure);
    }

    [Fact]
    public async Task The_longest_delay_and_the_handler_limit_retries()
    {
        var capped = new ReplayEngine(static context => context.CallActivityAsync("A", "1", new ReplayRetry(4, TimeSpan.FromSeconds(10), 10, TimeSpan.FromSeconds(15)))!);
        Assert.Equal(TimeSpan.FromSeconds(40), (await capped.RunAsync(null, new StepScript().FailsAlways("A", "X").Handler, Token)).Elapsed);
        var handled = new ReplayEngine(static context => context.CallActivityAsync("A", "1", new ReplayRetry(4, TimeSpan.FromSeconds(1), Handle: static failure => StepFailure.Find(failure.ErrorMessage)!.Code == "Busy"))!);
        Assert.Equal(2, (await handled.RunAsync(null, new StepScript().Fails("A", 1, "Busy").FailsAlways("A", "Other").Handler, Token)).CallsOf("A"));
    }

    [Fact]
    public async Task A_failure_can_be_caught_and_mapped_to_the_vendors_exception()
    {
        var options = new ReplayOptions { FailureException = static (name, id, failure) => new InvalidDataException($"{name} {id} {StepFailure.Find(failure.ErrorMessage)!.Code}") };
        var engine = new ReplayEngine(
            static async context =>
            {
                try
                {
                    return await context.CallActivityAsync("A", "1");
                }
                catch (InvalidDataException e)
                {
                    return $"\"{e.Message}\"";
                }
            },
            options);
        Assert.Equal("\"A 0 CardDeclined\"", (await engine.RunAsync(null, new StepScript().FailsAlways("A", "CardDeclined").Handler, Token)).Output);
    }

    [Fact]
    public async Task Activities_side_by_side_take_the_time_of_the_longest()
    {
        var engine = new ReplayEngine(static async context =>
        {
            var a = context.CallActivityAsync("A", "1");
            var b = context.CallActivityAsync("B", "2");
            await Task.WhenAll(a, b);
            return $"[{await a},{await b}]";
        });
        var script = new StepScript().Answers("A", static x => x).Takes("A", TimeSpan.FromSeconds(3)).Answers("B", static x => x).Takes("B", TimeSpan.FromSeconds(5));
        var result = await engine.RunAsync(null, script.Handler, Token);
        Assert.Equal(("[1,2]", TimeSpan.FromSeconds(5)), (result.Output, result.Elapsed));
    }

    [Fact]
    public async Task Timers_skip_time_and_the_clock_stands_still_within_a_turn()
    {
        var engine = new ReplayEngine(static async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
            return (context.CurrentUtcDateTime - start).TotalDays.ToString(System.Globalization.CultureInfo.InvariantCulture);
        });
        var result = await engine.RunAsync(null, new StepScript().Handler, Token);
        Assert.Equal(("3", TimeSpan.FromDays(3)), (result.Output, result.Elapsed));
    }

    [Fact]
    public async Task Identifiers_are_the_same_in_every_replay()
    {
        HashSet<Guid> first = [];
        var engine = new ReplayEngine(async context =>
        {
            first.Add(context.NewGuid());
            Assert.NotEqual(context.NewGuid(), context.NewGuid());
            await context.CallActivityAsync("A", "1");
            return null;
        });
        Assert.Equal("null", (await engine.RunAsync(null, new StepScript().Returns("A", "1").Handler, Token)).Output);
        Assert.Single(first);
    }

    [Fact]
    public async Task An_exception_of_the_orchestrator_fails_the_run()
    {
        var engine = new ReplayEngine(static _ => throw new InvalidOperationException("boom"));
        var result = await engine.RunAsync(null, new StepScript().Handler, Token);
        Assert.Equal(("System.InvalidOperationException", "boom"), (result.Error!.Code, result.Error.Message));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("input")]
    [InlineData("missing")]
    [InlineData("timer")]
    public async Task A_replay_that_decides_otherwise_is_an_error(string difference)
    {
        var starts = 0;
        var engine = new ReplayEngine(async context =>
        {
            var first = ++starts == 1;
            switch (difference)
            {
                case "name":
                    await context.CallActivityAsync(first ? "A" : "B", "1");
                    break;
                case "input":
                    await context.CallActivityAsync("A", first ? "1" : "2");
                    break;
                case "missing" when first:
                    await context.CallActivityAsync("A", "1");
                    break;
                case "timer":
                    await context.CreateTimer(TimeSpan.FromSeconds(first ? 1 : 2), CancellationToken.None);
                    break;
            }

            return null;
        });
        var script = new StepScript().Returns("A", "1").Returns("B", "1");
        await Assert.ThrowsAsync<NonDeterminismException>(async () => await engine.RunAsync(null, script.Handler, Token));
    }

    [Fact]
    public async Task Waiting_for_a_foreign_task_is_an_error_instead_of_a_hang()
    {
        var never = new TaskCompletionSource();
        var atOnce = new ReplayEngine(async _ =>
        {
            await never.Task;
            return null;
        });
        await Assert.ThrowsAsync<ForeignAwaitException>(async () => await atOnce.RunAsync(null, new StepScript().Handler, Token));
        var later = new ReplayEngine(async context =>
        {
            await context.CallActivityAsync("A", "1");
            await never.Task;
            return null;
        });
        await Assert.ThrowsAsync<ForeignAwaitException>(async () => await later.RunAsync(null, new StepScript().Returns("A", "1").Handler, Token));
    }

    [Fact]
    public async Task Leaving_the_orchestrators_thread_is_an_error()
    {
        var engine = new ReplayEngine(static async context =>
        {
            await context.CallActivityAsync("A", "1").ConfigureAwait(false);
            await context.CallActivityAsync("B", "1");
            return null;
        });
        await Assert.ThrowsAsync<ForeignAwaitException>(async () => await engine.RunAsync(null, new StepScript().Returns("A", "1").Returns("B", "1").Handler, Token));
    }

    [Fact]
    public async Task An_orchestration_that_never_ends_is_given_up()
    {
        var engine = new ReplayEngine(
            static async context =>
            {
                while (true)
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                }
            },
            new ReplayOptions { MaxTurns = 20 });
        await Assert.ThrowsAsync<SimulationLimitException>(async () => await engine.RunAsync(null, new StepScript().Handler, Token));
    }

    /// <summary>The law of replay: whatever the faults, each activity's calls are its faults and one more, and the history's turns are the run's.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Calls_are_faults_plus_one_for_any_sequence(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var faults = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(0, 4)).ToArray();
            var script = new StepScript();
            for (var i = 0; i < faults.Length; i++)
            {
                script.Fails($"S{i}", faults[i], "Busy").Answers($"S{i}", static input => input);
            }

            var engine = new ReplayEngine(async context =>
            {
                for (var i = 0; i < faults.Length; i++)
                {
                    await context.CallActivityAsync($"S{i}", "1", new ReplayRetry(4, TimeSpan.FromSeconds(1)));
                }

                return "true";
            });
            var result = await engine.RunAsync(null, script.Handler, Token);
            Assert.Equal("true", result.Output);
            Assert.Equal(faults.Select(static count => count + 1), Enumerable.Range(0, faults.Length).Select(i => result.CallsOf($"S{i}")));
            Assert.Equal(TimeSpan.FromSeconds(faults.Sum()), result.Elapsed);
            Assert.Equal(engine.Turns, engine.History.Count(static happened => happened.Kind == HistoryEventKind.TurnStarted));
        }
    }
}
