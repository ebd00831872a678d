using Portable.Local;
using Portable.Runtime;

namespace Portable.Workflows.Tests.Differential;

/// <summary>The user's own method on the local engine, in virtual time: what the other engines are compared with.</summary>
internal static class LocalCase
{
    private const int PatienceMilliseconds = 30_000;

    public static async Task<Observed?> RunAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        var steps = new ScriptedSteps(situation);
        var time = new VirtualTime();
        await using var app = new PortableApp("local", [], [.. subject.Family.Select(member => steps.Define(member, time, isRoot: member == subject))], time: time);
        var engine = new LocalWorkflowEngine(app);
        var run = engine.Start(subject.Model.Name, situation.Input, CaseEngines.RunId);
        foreach (var raised in situation.Events)
        {
            time.CreateTimer(_ => _ = engine.RaiseAsync(run.Id, raised.Name, raised.PayloadJson), null, raised.At, Timeout.InfiniteTimeSpan);
        }

        Pump(engine, run, time, cancellationToken);
        var published = ((LocalEventBus)engine.Publisher).Events.Select(happened =>
            Publications.Describe(subject, happened.Event.Type, happened.Event.Version, happened.Event.Json, happened.Event.Source));
        return new Observed(run.Output, run.Failure, [.. steps.Calls], [.. published])
        {
            IsDefect = steps.HasDefect,
            IsEventTimeout = run.Failure is { Code: StepFailed.TimeoutCode } failure
                && engine.Runs.Any(one => one.History.Any(entry => entry.Kind == RunEventKind.EventTimedOut && failure.Message.Contains($"'{entry.Step}'", StringComparison.Ordinal))),
        };
    }

    /// <summary>Lets time pass whenever everything waits, until the run has ended.</summary>
    private static void Pump(LocalWorkflowEngine engine, LocalRun run, VirtualTime time, CancellationToken cancellationToken)
    {
        var wait = default(SpinWait);
        var deadline = Environment.TickCount64 + PatienceMilliseconds;
        while (!run.Completion.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsBusy(engine, time))
            {
                if (Environment.TickCount64 > deadline)
                {
                    throw new TimeoutException("The run neither ends nor waits.");
                }

                wait.SpinOnce(sleep1Threshold: -1);
            }
            else if (!run.Completion.IsCompleted && !time.MoveOn())
            {
                throw new InvalidOperationException("The run waits for ever, for: " + string.Join(", ", run.WaitingFor));
            }
        }
    }

    // A body may have gone on between two looks, for its step or child ended: then the journal has grown.
    private static bool IsBusy(LocalWorkflowEngine engine, VirtualTime time)
    {
        var runs = engine.Runs;
        var entries = Entries(runs);
        return !runs.All(static known => known.IsWaiting)
            || runs.Sum(static known => known.Execution!.UnderWay) != time.WaitingSteps
            || runs.Any(parent => parent.Status == RunStatus.Running && Ended(parent, runs) > Told(parent))
            || !runs.All(static known => known.IsWaiting)
            || Entries(engine.Runs) != entries;
    }

    private static int Entries(IReadOnlyList<LocalRun> runs) => runs.Sum(static run => run.History.Count);

    // A child's identifier is its parent's and the operation's: run-1-3-0-1. A child's child has more.
    private static int Ended(LocalRun parent, IReadOnlyList<LocalRun> runs) => runs.Count(child =>
        child.Status != RunStatus.Running && runs.Where(other => child.Id.StartsWith(other.Id + "-", StringComparison.Ordinal)).MaxBy(static other => other.Id.Length) == parent);

    private static int Told(LocalRun parent) => parent.History.Count(static entry => entry.Kind is RunEventKind.ChildSucceeded or RunEventKind.ChildFailed);
}
