using Portable.Local;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>
/// A run may end with its process after any entry of its journal. Wherever it is cut, the next process comes to the same result, and
/// repeats nothing that had finished.
/// </summary>
public sealed class JournalPrefixTests
{
    [Fact]
    public Task Branches_events_children_and_waits_go_on_after_every_entry() => CheckAsync(false, async (flow, input) =>
    {
        var id = flow.NewGuid();
        var a = await flow.RunStep<string, string>("A", input);
        var (b, c) = await flow.Parallel(
            flow.Branch(async () =>
            {
                await flow.Delay(TimeSpan.FromSeconds(3));
                return await flow.RunStep<string, string>("Flaky", a);
            }),
            flow.Branch(async () => await flow.RunStep<string, string>("A", await flow.Event<string>("answer", TimeSpan.FromMinutes(10)))));
        var d = string.Concat(await flow.Map(["x", "y", "z"], async item =>
        {
            await flow.Delay(TimeSpan.FromSeconds(item == "x" ? 9 : 1));
            return await flow.RunStep<string, string>("A", item);
        }, maxConcurrency: 2));
        var child = await flow.Child<string, string>("child", d);
        await flow.Publish(new Placed(child));
        var missed = "";
        try
        {
            missed = await flow.Event<string>("never", TimeSpan.FromSeconds(5));
        }
        catch (StepFailed failure)
        {
            missed = failure.Code;
        }

        try
        {
            await flow.Parallel(
                flow.Branch(async () => { await flow.Delay(TimeSpan.FromSeconds(2)); return await flow.RunStep<string, string>("Fail", "second"); }),
                flow.Branch(async () => { await flow.Delay(TimeSpan.FromSeconds(1)); return await flow.RunStep<string, string>("Fail", "first"); }));
        }
        catch (StepFailed failure)
        {
            missed += failure.Code;
        }

        return $"{id} {a} {b} {c} {d} {child} {missed} {await flow.RunStep<string, string>("A", "last")}";
    });

    [Fact]
    public Task Compensation_goes_on_after_every_entry() => CheckAsync(true, async (flow, input) =>
    {
        await flow.RunStep<string, string>("Do", "0");
        await flow.Parallel(
            flow.Branch(async () =>
            {
                await flow.Event<string>("answer", TimeSpan.FromMinutes(10));
                await flow.Delay(TimeSpan.FromSeconds(4));
                return await flow.RunStep<string, string>("Do", "1");
            }),
            flow.Branch(async () =>
            {
                await flow.RunStep<string, string>("Do", "2");
                return await flow.RunStep<string, string>("Fail", "Broken");
            }));
        return input;
    });

    private static async Task CheckAsync(bool isSaga, Func<IWorkflow, string, Task<string>> body)
    {
        var journal = new RecordingJournal();
        var (whole, calls) = await RunAsync(isSaga, body, journal);
        Assert.Equal(isSaga ? "Broken" : null, whole.Failure?.Code);
        Assert.NotEmpty(calls);
        for (var cut = 0; cut < journal.Written.Count; cut++)
        {
            var prefix = journal.Written[..cut];
            var (run, repeated) = await RunAsync(isSaga, body, new MemoryJournal(RecordingJournal.Runs(prefix)), prefix);
            Assert.True((whole.Output, whole.Failure) == (run.Output, run.Failure), $"Cut after {cut} entries ({prefix.LastOrDefault()}): {run.Output} {run.Failure}");
            Assert.Empty(repeated.Intersect(Finished(prefix)));
        }
    }

    private static async Task<(LocalRun Run, IReadOnlyList<string> Calls)> RunAsync(
        bool isSaga, Func<IWorkflow, string, Task<string>> body, IRunJournal journal, IReadOnlyList<(string Run, string Workflow, RunEvent Entry)>? prefix = null)
    {
        var calls = new List<string>();
        Task<string> Answer(string name, string input, InvocationContext context, Func<string> answer)
        {
            lock (calls)
            {
                calls.Add($"{context.RunId} {name}({input})#{context.Attempt}");
            }

            return Task.FromResult(answer());
        }

        var app = new FlowApp { CompensatesOnFailure = isSaga, Clock = new ManualTimeProvider(prefix is { Count: > 0 } ? prefix[^1].Entry.At : null) };
        app.Step("A", (input, context) => Answer("A", input, context, () => $"[{input}]"))
            .Step("Do", (input, context) => Answer("Do", input, context, () => input), undo: new StepCompensation("Undo", TakesResult: false))
            .Step("Undo", (input, context) => Answer("Undo", input, context, () => input))
            .Step("Fail", (input, context) => Answer("Fail", input, context, () => throw new StepFailed(input)))
            .Step("Flaky", (input, context) => Answer("Flaky", input, context, () => context.Attempt == 1 ? throw new StepFailed("Once") : $"<{input}>"), RetryPolicy.Create(3))
            .Workflow("flow", body)
            .Workflow("child", async (flow, input) =>
            {
                await flow.Delay(TimeSpan.FromSeconds(1));
                return await flow.RunStep<string, string>("A", input);
            });
        var engine = app.Engine(journal);
        engine.Resume();
        var run = engine.Find("run-1") ?? engine.Start("flow", "\"in\"", "run-1");
        if (prefix?.Any(entry => entry.Entry.Kind == RunEventKind.EventRaised) != true)
        {
            await FlowApp.WhenIdleAsync(engine);
            await engine.RaiseAsync("run-1", "answer", "\"yes\"");
        }

        await app.FinishAsync(engine, run);
        return (run, calls);
    }

    private static IEnumerable<string> Finished(IReadOnlyList<(string Run, string Workflow, RunEvent Entry)> entries) =>
        from ended in entries
        where ended.Entry.Kind is RunEventKind.StepSucceeded or RunEventKind.StepFailed
        from begun in entries
        where begun.Run == ended.Run && begun.Entry.Kind == RunEventKind.StepStarted && begun.Entry.Key == ended.Entry.Key && begun.Entry.Attempt == ended.Entry.Attempt
        select $"{begun.Run} {begun.Entry.Step}({begun.Entry.Json!.Trim('"')})#{begun.Entry.Attempt}";
}

/// <summary>Keeps runs in memory and the order of all entries.</summary>
internal sealed class RecordingJournal : IRunJournal
{
    private readonly List<(string Run, string Workflow, RunEvent Entry)> _written = [];

    public List<(string Run, string Workflow, RunEvent Entry)> Written
    {
        get
        {
            lock (_written)
            {
                return [.. _written];
            }
        }
    }

    public bool OutlivesProcess => true;

    public static IEnumerable<JournaledRun> Runs(IEnumerable<(string Run, string Workflow, RunEvent Entry)> written) =>
        written.GroupBy(entry => (entry.Run, entry.Workflow)).Select(group => new JournaledRun(group.Key.Run, group.Key.Workflow, [.. group.Select(entry => entry.Entry)]));

    public IReadOnlyList<JournaledRun> Load() => [.. Runs(Written)];

    public void Append(string runId, string workflow, RunEvent entry, Action<Exception?> kept)
    {
        lock (_written)
        {
            _written.Add((runId, workflow, entry));
        }

        kept(null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
