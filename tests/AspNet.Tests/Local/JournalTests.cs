using Portable.Local;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>Runs that go on after the host has stopped, with their journal in a file.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "portable-journal-" + Guid.NewGuid().ToString("n"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "runs.db");

    [Fact]
    public async Task A_run_goes_on_after_the_host_has_stopped()
    {
        var clock = new ManualTimeProvider();
        var entered = new TaskCompletionSource();
        var attempts = new List<int>();
        FlowApp App(Func<InvocationContext, Task<string>> hold) => new FlowApp { Clock = clock, TimeoutSeconds = 3600 }
            .Step("First")
            .Step("Hold", (_, context) => { attempts.Add(context.Attempt); return hold(context); }, RetryPolicy.Create(2))
            .Workflow("flow", async (flow, input) =>
            {
                var first = await flow.RunStep<string, string>("First", input);
                await flow.Delay(TimeSpan.FromSeconds(60));
                return first + await flow.RunStep<string, string>("Hold", first) + await flow.Event<string>("answer", TimeSpan.FromMinutes(30));
            });

        var first = App(async context => { entered.SetResult(); await Task.Delay(Timeout.Infinite, context.CancellationToken); return "no"; });
        var host = await StartAsync(first);
        var run = host.Workflows.Start("flow", "\"in\"", "run-1");
        await FlowApp.WhenIdleAsync(host.Workflows);
        await host.Workflows.RaiseAsync("run-1", "answer", "\"early\"");
        await FlowApp.WhenIdleAsync(host.Workflows);
        clock.Advance(TimeSpan.FromSeconds(60));
        await entered.Task.WaitAsync(Token);
        await host.DisposeAsync();
        Assert.Equal((RunStatus.Running, true), (run.Status, run.Completion.IsCompleted));

        var second = App(_ => Task.FromResult("held"));
        await using (host = await StartAsync(second))
        {
            run = host.Workflows.Find("run-1")!;
            await second.FinishAsync(host.Workflows, run);
            Assert.Equal("\"First:inheldearly\"", run.Output);
        }

        Assert.Equal([1, 2], attempts);
        Assert.Equal(["Hold(First:in)"], second.Called);
        await using (host = await StartAsync(App(_ => throw new InvalidOperationException())))
        {
            run = host.Workflows.Find("run-1")!;
            Assert.Equal((RunStatus.Succeeded, "\"First:inheldearly\""), (run.Status, run.Output));
            Assert.Equal(2, run.Calls["Hold"]);
        }
    }

    [Fact]
    public async Task A_call_that_was_lost_counts_for_those_after_it()
    {
        var clock = new ManualTimeProvider();
        var entered = new TaskCompletionSource();
        var attempts = new List<int>();
        FlowApp App(Func<InvocationContext, Task<string>> hold) => new FlowApp { Clock = clock }
            .Step("Hold", (_, context) => { attempts.Add(context.Attempt); return hold(context); }, RetryPolicy.Create(4))
            .Workflow("flow", (flow, input) => flow.RunStep<string, string>("Hold", input));

        var host = await StartAsync(App(async context => { entered.SetResult(); await Task.Delay(Timeout.Infinite, context.CancellationToken); return "no"; }));
        host.Workflows.Start("flow", "\"in\"", "run-1");
        await entered.Task.WaitAsync(Token);
        await host.DisposeAsync();

        var second = App(context => context.Attempt < 4 ? throw new StepFailed("Busy") : Task.FromResult("held"));
        await using (host = await StartAsync(second))
        {
            var run = host.Workflows.Find("run-1")!;
            await second.FinishAsync(host.Workflows, run);
            Assert.Equal("\"held\"", run.Output);
        }

        Assert.Equal([1, 2, 3, 4], attempts);
    }

    [Fact]
    public async Task Due_times_and_the_timeout_of_the_run_outlive_the_host()
    {
        var clock = new ManualTimeProvider();
        FlowApp App() => new FlowApp { Clock = clock, TimeoutSeconds = 100 }
            .Workflow("flow", async (flow, _) => { await flow.Delay(TimeSpan.FromSeconds(50)); return flow.UtcNow.ToString("mm:ss", null); })
            .Workflow("long", async (flow, _) => { await flow.Delay(TimeSpan.FromSeconds(500)); return ""; });
        await using (var host = await StartAsync(App()))
        {
            host.Workflows.Start("flow", "\"\"", "due");
            host.Workflows.Start("long", "\"\"", "late");
            await FlowApp.WhenIdleAsync(host.Workflows);
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        await using (var host = await StartAsync(App()))
        {
            await FlowApp.WhenIdleAsync(host.Workflows);
            clock.Advance(TimeSpan.FromSeconds(20));
            var due = host.Workflows.Find("due")!;
            await due.Completion.WaitAsync(Token);
            Assert.Equal("\"00:50\"", due.Output);
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using (var host = await StartAsync(App()))
        {
            var late = host.Workflows.Find("late")!;
            await late.Completion.WaitAsync(Token);
            Assert.Equal(StepFailed.TimeoutCode, late.Failure?.Code);
        }
    }

    [Theory]
    [InlineData("Other", 0, "the run had step 'A' at 0, the code has step 'Other' at 0")]
    [InlineData("A", 1, "the run had step 'A' at 0, the code has wait 'delay' at 0")]
    [InlineData(null, 0, "the code asks for nothing there")]
    public async Task A_run_whose_workflow_has_changed_fails_and_says_so(string? step, int delay, string reason)
    {
        var written = new RecordingJournal();
        var before = new FlowApp().Step("A").Step("B").Workflow("flow", async (flow, input) => await flow.RunStep<string, string>("B", await flow.RunStep<string, string>("A", input)));
        var engine = before.Engine(written);
        await before.FinishAsync(engine, engine.Start("flow", "\"in\"", "run-1"));
        var entries = written.Written;
        var cut = entries.FindIndex(entry => entry.Entry.Kind == RunEventKind.StepSucceeded) + 1;

        var after = new FlowApp().Step("A").Step("B").Step("Other").Workflow("flow", async (flow, input) =>
        {
            await flow.Delay(TimeSpan.FromSeconds(delay));
            return step is null ? "" : await flow.RunStep<string, string>(step, input);
        });
        engine = after.Engine(new MemoryJournal(RecordingJournal.Runs(entries[..cut])));
        engine.Resume();
        var run = engine.Find("run-1")!;
        await run.Completion.WaitAsync(Token);
        Assert.Equal(LocalWorkflowEngine.NondeterminismCode, run.Failure?.Code);
        Assert.Contains(reason, run.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(after.Called);
    }

    [Fact]
    public async Task A_run_whose_workflow_is_gone_fails()
    {
        var engine = new FlowApp().Workflow("flow", (_, _) => Task.FromResult("")).Engine(new MemoryJournal(
            [new JournaledRun("run-1", "gone", [new RunEvent(DateTimeOffset.UnixEpoch, RunEventKind.Started, Json: "null")])]));
        engine.Resume();
        await engine.Find("run-1")!.Completion.WaitAsync(Token);
        Assert.Contains("no workflow 'gone'", engine.Find("run-1")!.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_process_at_a_time_uses_a_file()
    {
        await using var journal = new SqliteJournal(File);
        Assert.Contains("used by another process", Assert.Throws<InvalidOperationException>(() => new SqliteJournal(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_journal_is_refused()
    {
        Directory.CreateDirectory(_folder);
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), Token);
        Assert.Contains("cannot be opened", Assert.Throws<InvalidOperationException>(() => new SqliteJournal(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_are_kept_in_order_and_reported_so()
    {
        var kept = new List<int>();
        await using (var journal = new SqliteJournal(File))
        {
            for (var i = 0; i < 500; i++)
            {
                var number = i;
                journal.Append($"run-{i % 3}", "flow", new RunEvent(DateTimeOffset.UnixEpoch, RunEventKind.StepStarted, "A", i), error =>
                {
                    Assert.Null(error);
                    kept.Add(number);
                });
            }
        }

        Assert.Equal(Enumerable.Range(0, 500), kept);
        await using (var journal = new SqliteJournal(File))
        {
            var runs = journal.Load();
            Assert.Equal(["run-0", "run-1", "run-2"], runs.Select(run => run.Id));
            Assert.Equal(Enumerable.Range(0, 500).Where(i => i % 3 == 1), runs[1].Entries.Select(entry => entry.Attempt!.Value));
        }
    }

    [Fact]
    public async Task Only_the_last_runs_that_have_ended_are_kept()
    {
        await using (var journal = new SqliteJournal(File))
        {
            journal.Append("open", "flow", new RunEvent(DateTimeOffset.UnixEpoch, RunEventKind.Started), _ => { });
            for (var i = 0; i < SqliteJournal.EndedRunsKept + 5; i++)
            {
                journal.Append($"run-{i}", "flow", new RunEvent(DateTimeOffset.UnixEpoch, RunEventKind.Succeeded), _ => { });
            }
        }

        await using (var journal = new SqliteJournal(File))
        {
            var runs = journal.Load();
            Assert.Equal(SqliteJournal.EndedRunsKept + 1, runs.Count);
            Assert.Equal(("open", "run-5"), (runs[0].Id, runs[1].Id));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Task<LocalHost> StartAsync(FlowApp app) => LocalHost.StartAsync(app.Build(), new() { Url = "http://127.0.0.1:0", JournalFile = File }, Token);
}
