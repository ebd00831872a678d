using Portable.Runtime;
using Portable.Testing.Durable;

namespace Portable.Testing.Tests.Durable;

/// <summary>Events from outside, other orchestrations, timers given up, and the check of replays.</summary>
public sealed class EventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ReplayOptions With(params ScriptedEvent[] events) => new() { Events = events };

    private static StepHandlerDelegate Echo { get; } = new StepScript().Answers("A", static input => input).Answers("B", static input => input).Handler;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 50)]
    public async Task An_event_ends_the_wait_and_an_early_one_is_kept(int at, int elapsed)
    {
        var engine = new ReplayEngine(
            static async context =>
            {
                await context.CallActivityAsync("A", "1");
                return await context.WaitForExternalEvent("approval");
            },
            With(new ScriptedEvent("Approval", "{\"granted\":true}", TimeSpan.FromSeconds(at))));
        var result = await engine.RunAsync(null, Echo, Token);
        Assert.Equal(("{\"granted\":true}", TimeSpan.FromSeconds(elapsed)), (result.Output, result.Elapsed));
        Assert.Equal(engine.History.Count, result.HistoryEvents);
        engine.VerifyReplay();
    }

    [Fact]
    public async Task Kept_events_come_in_order()
    {
        var engine = new ReplayEngine(
            static async context =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(10), CancellationToken.None);
                return $"[{await context.WaitForExternalEvent("e")},{await context.WaitForExternalEvent("e")}]";
            },
            With(new ScriptedEvent("e", "1", TimeSpan.FromSeconds(1)), new ScriptedEvent("e", "2", TimeSpan.FromSeconds(2))));
        Assert.Equal("[1,2]", (await engine.RunAsync(null, Echo, Token)).Output);
    }

    [Fact]
    public async Task The_youngest_wait_is_served_first_and_a_cancelled_one_loses_its_event()
    {
        var engine = new ReplayEngine(
            static async context =>
            {
                using var given = new CancellationTokenSource();
                var first = context.WaitForExternalEvent("e");
                var second = context.WaitForExternalEvent("e", given.Token);
                given.Cancel();
                return await first + second.Status;
            },
            With(new ScriptedEvent("e", "1"), new ScriptedEvent("e", "2", TimeSpan.FromSeconds(1))));
        Assert.Equal("2Canceled", (await engine.RunAsync(null, Echo, Token)).Output);
    }

    [Theory]
    [InlineData(5, "event", 5)]
    [InlineData(20, "late", 10)]
    public async Task A_race_with_a_timer_that_is_given_up(int at, string output, int elapsed)
    {
        var engine = new ReplayEngine(
            static async context =>
            {
                using var ended = new CancellationTokenSource();
                var wait = context.WaitForExternalEvent("e");
                var limit = context.CreateTimer(TimeSpan.FromSeconds(10), ended.Token);
                if (await Task.WhenAny(wait, limit) == limit)
                {
                    return "late";
                }

                ended.Cancel();
                await context.CallActivityAsync("A", "1");
                return "event";
            },
            With(new ScriptedEvent("e", "1", TimeSpan.FromSeconds(at))));
        var result = await engine.RunAsync(null, Echo, Token);
        Assert.Equal((output, TimeSpan.FromSeconds(elapsed)), (result.Output, result.Elapsed));
        engine.VerifyReplay();
    }

    [Fact]
    public async Task An_event_that_never_comes_is_named()
    {
        var engine = new ReplayEngine(static async context => await context.WaitForExternalEvent("approval"));
        var error = await Assert.ThrowsAsync<SimulationLimitException>(async () => await engine.RunAsync(null, Echo, Token));
        Assert.Contains("'approval'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_timers_are_set_in_pieces()
    {
        var engine = new ReplayEngine(static async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
            return null;
        });
        Assert.Equal(TimeSpan.FromDays(7), (await engine.RunAsync(null, Echo, Token)).Elapsed);
        Assert.Equal(3, engine.History.Count(static happened => happened.Kind == HistoryEventKind.TimerCreated));
    }

    [Fact]
    public async Task Another_orchestration_runs_with_its_input()
    {
        var options = new ReplayOptions
        {
            Children = new Dictionary<string, Func<ReplayContext, Task<string?>>>
            {
                ["shipping"] = static async context =>
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None);
                    return await context.CallActivityAsync("B", $"[{context.Input},\"{context.InstanceId}\",{await context.WaitForExternalEvent("e")}]");
                },
            },
            Events = [new ScriptedEvent("e", "7", TimeSpan.FromSeconds(100), "child-1"), new ScriptedEvent("e", "8")],
        };
        var engine = new ReplayEngine(static async context => await context.CallActivityAsync("A", await context.CallSubOrchestratorAsync("shipping", "5", "child-1")), options);
        var result = await engine.RunAsync(null, Echo, Token);
        Assert.Equal(("[5,\"child-1\",7]", TimeSpan.FromSeconds(100)), (result.Output, result.Elapsed));
        Assert.Equal(["A"], result.Calls.Select(static call => call.Name));
        Assert.Equal(("shipping", "5", 1), (result.Children[0].Workflow, result.Children[0].Input, result.Children[0].Result.CallsOf("B")));
        engine.VerifyReplay();
    }

    [Fact]
    public async Task The_failure_of_another_orchestration_is_thrown_as_a_failed_task()
    {
        var options = new ReplayOptions
        {
            Children = new Dictionary<string, Func<ReplayContext, Task<string?>>> { ["shipping"] = static _ => throw new InvalidDataException("StepFailed: " + new StepFailure("OutOfStock", "none").ToJson()) },
        };
        var engine = new ReplayEngine(
            static async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync("shipping", null);
                }
                catch (ReplayTaskFailedException e)
                {
                    return $"{e.TaskName} {e.Failure.ErrorType} {StepFailure.Find(e.Failure.ErrorMessage)!.Code}";
                }
            },
            options);
        Assert.Equal("shipping System.IO.InvalidDataException OutOfStock", (await engine.RunAsync(null, Echo, Token)).Output);
        engine.VerifyReplay();
    }

    [Fact]
    public async Task Orchestrations_can_be_answered_like_steps()
    {
        var options = new ReplayOptions { ChildHandler = new StepScript().Returns("shipping", "9").Takes("shipping", TimeSpan.FromSeconds(4)).Handler };
        var result = await new ReplayEngine(static context => context.CallSubOrchestratorAsync("shipping", null)!, options).RunAsync(null, Echo, Token);
        Assert.Equal(("9", TimeSpan.FromSeconds(4)), (result.Output, result.Elapsed));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await new ReplayEngine(static context => context.CallSubOrchestratorAsync("other", null)!).RunAsync(null, Echo, Token));
        Assert.Contains("'other'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orchestration")]
    [InlineData("instance")]
    [InlineData("status")]
    public async Task Other_orchestrations_belong_to_what_is_decided(string difference)
    {
        var starts = 0;
        var engine = new ReplayEngine(
            async context =>
            {
                var first = ++starts == 1;
                context.SetCustomStatus(first ? "1" : "2");
                return difference switch
                {
                    "orchestration" => await context.CallSubOrchestratorAsync(first ? "x" : "y", null, "i"),
                    "instance" => await context.CallSubOrchestratorAsync("x", null, first ? "i" : "j"),
                    _ => await context.CallSubOrchestratorAsync("x", null),
                };
            },
            new ReplayOptions { ChildHandler = new StepScript().Returns("x", "1").Returns("y", "1").Handler });
        if (difference == "status")
        {
            Assert.True((await engine.RunAsync(null, Echo, Token)).Succeeded);
        }
        else
        {
            await Assert.ThrowsAsync<NonDeterminismException>(async () => await engine.RunAsync(null, Echo, Token));
        }
    }

    [Fact]
    public async Task A_newer_version_that_decides_otherwise_is_found_with_its_turn()
    {
        var engine = new ReplayEngine(static async context => await context.CallActivityAsync("B", await context.CallActivityAsync("A", context.Input)));
        await engine.RunAsync("1", Echo, Token);
        Check(static async context => await context.CallActivityAsync("B", await context.CallActivityAsync("A", context.Input)), null);
        Check(static async context => await context.CallActivityAsync("B", await context.CallActivityAsync("A", context.Input) + "0"), "In turn 2");
        Check(static async context => await context.CallActivityAsync("A", context.Input), "In turn 2");
        Check(static async context => await context.CallActivityAsync("B", await context.CallActivityAsync("A", context.Input)) + "0", "After turn 3");
        Check(
            static async context =>
            {
                var a = context.CallActivityAsync("A", context.Input);
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                return await a;
            },
            "In turn 1");

        void Check(Func<ReplayContext, Task<string?>> newer, string? message)
        {
            if (message is null)
            {
                ReplayEngine.VerifyReplay(newer, engine.History, "1");
                return;
            }

            Assert.Contains(message, Assert.Throws<NonDeterminismException>(() => ReplayEngine.VerifyReplay(newer, engine.History, "1")).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Histories with everything in them, from random decisions that depend on nothing but what was replayed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_prefix_of_every_history_decides_the_same(int seed)
    {
        for (var round = 0; round < 30; round++)
        {
            var plan = new Random(seed * 1000 + round).GetItems([0, 1, 2, 3, 4], 6);
            var options = new ReplayOptions
            {
                ChildHandler = new StepScript().Answers("C", static input => input).Takes("C", TimeSpan.FromSeconds(2)).Handler,
                Events = [.. Enumerable.Range(0, 6).Select(static i => new ScriptedEvent("e", $"{i}", TimeSpan.FromSeconds(i * 3)))],
            };
            var engine = new ReplayEngine(
                async context =>
                {
                    var all = "";
                    foreach (var kind in plan)
                    {
                        all += kind switch
                        {
                            0 => await context.CallActivityAsync("A", $"\"{all.Length}\""),
                            1 => await context.WaitForExternalEvent("e"),
                            2 => await context.CallSubOrchestratorAsync("C", $"\"{context.NewGuid()}\""),
                            3 => await Timer(context),
                            _ => await (await Task.WhenAny(context.CallActivityAsync("A", "1"), context.CallActivityAsync("B", "2", new ReplayRetry(3, TimeSpan.FromSeconds(1))))),
                        };
                    }

                    return all;
                },
                options);
            await engine.RunAsync(null, new StepScript().Answers("A", static input => input).Fails("B", 2, "X").Answers("B", static input => input).Handler, Token);
            engine.VerifyReplay();
        }
    }

    private static async Task<string> Timer(ReplayContext context)
    {
        await context.CreateTimer(TimeSpan.FromSeconds(4), CancellationToken.None);
        return "t";
    }
}
