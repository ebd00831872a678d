using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portable.Local;
using Portable.Runtime;
using SentKeys = System.Collections.Concurrent.ConcurrentDictionary<(string Step, string Payload), string?>;

namespace Portable.Testing;

/// <summary>Runs the workflow's own method on the local engine, in virtual time.</summary>
internal static class LocalEngine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>How long a run may take, in real time, to be told that its child has ended. A run that does not wait for it any more is never told.</summary>
    private static readonly TimeSpan s_telling = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a run may seem to wait for nothing at all: the real time that a busy machine may take to let it go on.</summary>
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);

    public static async Task<SimulationResult> RunAsync(EngineRun run, PortableApp application, CancellationToken cancellationToken)
    {
        var time = new VirtualTimeProvider(run.Start);
        var published = new LocalEventBus(time);
        var problem = new Problem();
        var keys = new SentKeys();
        await using var app = application.With(
            builder => builder.Services.AddSingleton<IEventPublisher>(published),
            time,
            [.. run.Application.Family(run.Workflow).Select(workflow => workflow.Name != run.Workflow && run.Script.Children.ContainsKey(workflow.Name) ? Scripted(run, workflow, problem) : Real(run, workflow, time, problem, keys))]);
        var engine = new LocalWorkflowEngine(app, stopping: cancellationToken);
        var started = engine.Start(run.Workflow, run.Input, run.RunId);
        foreach (var raised in run.Events)
        {
            time.CreateTimer(_ => _ = engine.RaiseAsync(raised.Run ?? run.RunId, raised.Name, raised.PayloadJson), null, raised.At, Timeout.InfiniteTimeSpan);
        }

        await Task.Run(() => Pump(engine, started, time, problem, cancellationToken), cancellationToken).ConfigureAwait(false);
        problem.ThrowIfAny();
        return Result(engine.Runs, started, published, run.Start, keys);
    }

    /// <summary>Lets time pass whenever everything waits, until the run has ended.</summary>
    private static void Pump(LocalWorkflowEngine engine, LocalRun run, VirtualTimeProvider time, Problem problem, CancellationToken cancellationToken)
    {
        var wait = default(SpinWait);
        var since = Environment.TickCount64;
        while (!run.Completion.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            problem.ThrowIfAny();
            var runs = engine.Runs;
            var busy = IsBusy(runs, time);
            if (busy || (Environment.TickCount64 - since < s_telling.TotalMilliseconds && runs.Any(parent => IsToldOfChild(parent, runs))))
            {
                if (busy && Environment.TickCount64 - since > s_patience.TotalMilliseconds)
                {
                    throw new SimulationLimitException($"The run neither ended nor waited for {s_patience.TotalMinutes} minutes: a step of its own hangs, or its body waits for something that is not the workflow's.");
                }

                wait.SpinOnce();
                continue;
            }

            if (!run.Completion.IsCompleted && !time.MoveOn())
            {
                // Between being told and going on a run counts as waiting and waits for nothing: on a busy machine that can last.
                if (run.WaitingFor.Count == 0 && Environment.TickCount64 - since < s_between.TotalMilliseconds)
                {
                    wait.SpinOnce();
                    continue;
                }

                throw new SimulationLimitException("The run waits for ever for " + string.Join(", ", run.WaitingFor.Select(static waiting => $"{waiting.Kind.ToString().ToLowerInvariant()} '{waiting.Name}'")) + ": nothing is left that could happen.");
            }

            since = Environment.TickCount64;
        }
    }

    // A body may have gone on between two looks: what waits must do so before and after its steps were counted.
    private static bool IsBusy(IReadOnlyList<LocalRun> runs, VirtualTimeProvider time) =>
        !runs.All(static run => run.IsWaiting) || runs.Sum(static run => run.Execution?.UnderWay ?? 0) != time.WaitingSteps || !runs.All(static run => run.IsWaiting);

    private static bool IsToldOfChild(LocalRun parent, IReadOnlyList<LocalRun> runs) =>
        parent.Status == RunStatus.Running
        && runs.Count(child => child.Status != RunStatus.Running && IsChild(child, parent, runs)) > parent.History.Count(static entry => entry.Kind is RunEventKind.ChildSucceeded or RunEventKind.ChildFailed);

    private static WorkflowDefinition Real(EngineRun run, WorkflowDefinition workflow, VirtualTimeProvider time, Problem problem, SentKeys keys) => workflow with
    {
        Steps = [.. workflow.Steps.Select(step => step with
        {
            TimeoutSeconds = 0, // applied to the virtual duration
            Handler = async call =>
            {
                var invocation = new StepInvocation(step.Name, Encoding.UTF8.GetString(call.Payload.Span), call.Context.Attempt) { Key = call.Context.IdempotencyKey };
                keys[(step.Name, invocation.Input)] = invocation.Key; // a key is made of the payload, and histories do not have it
                var reply = await problem.NoteAsync(() => run.Script.AnswerAsync(workflow, invocation, call.Context.RunId)).ConfigureAwait(false);
                await time.TakeAsync(reply.Duration).ConfigureAwait(false);
                return reply.Failure is { } failure ? throw failure.ToException() : Encoding.UTF8.GetBytes(reply.Output!);
            },
        })],
    };

    private static WorkflowDefinition Scripted(EngineRun run, WorkflowDefinition workflow, Problem problem) => workflow with
    {
        TimeoutSeconds = 0,
        CompensatesOnFailure = false,
        Body = async call =>
        {
            var reply = await problem.NoteAsync(() => new ValueTask<StepReply>(run.Script.AnswerChild(workflow.Name, Encoding.UTF8.GetString(call.Payload.Span))));
            if (reply.Duration > TimeSpan.Zero)
            {
                await call.Flow.Delay(reply.Duration);
            }

            return reply.Failure is { } failure ? throw failure.ToException() : Encoding.UTF8.GetBytes(reply.Output!);
        },
    };

    private static SimulationResult Result(IReadOnlyList<LocalRun> runs, LocalRun run, LocalEventBus published, DateTimeOffset start, SentKeys keys)
    {
        var history = run.History;
        var began = history[0].At;
        var source = "portable." + run.Workflow;
        return new SimulationResult(run.Output, run.Failure is { } failure ? new SimulationError(failure.Code, failure.ToJson()) : null, Calls(history, began, keys), history[^1].At - began, 0)
        {
            Published = [.. published.Events.Where(happened => happened.Event.Source == source)
                .Select(happened => new SimulatedPublication(happened.Event.Type, happened.Event.Json, happened.At - start, nameof(IEventPublisher), source, Version: happened.Event.Version))],
            Children = [.. runs.Where(child => IsChild(child, run, runs)).Select(child => new SimulatedChild(child.Workflow, child.History[0].Json ?? "null", child.History[0].At - began, Result(runs, child, published, start, keys)))],
        };
    }

    private static List<SimulatedCall> Calls(IReadOnlyList<RunEvent> history, DateTimeOffset began, SentKeys keys)
    {
        List<SimulatedCall> calls = [];
        foreach (var called in history.Where(static entry => entry.Kind == RunEventKind.StepStarted))
        {
            var end = history.FirstOrDefault(entry => entry.Kind is RunEventKind.StepSucceeded or RunEventKind.StepFailed && entry.Key == called.Key && entry.Attempt == called.Attempt);
            var payload = called.Json ?? "null";
            calls.Add(new SimulatedCall(called.Step!, payload, called.Attempt ?? 1, called.At - began, end?.Json, end?.Failure) { Key = keys.GetValueOrDefault((called.Step!, payload)) });
        }

        return calls;
    }

    // A child's identifier begins with its parent's.
    private static bool IsChild(LocalRun child, LocalRun run, IReadOnlyList<LocalRun> runs) =>
        child != run && child.Id.StartsWith(run.Id + "-", StringComparison.Ordinal)
        && !runs.Any(between => between != child && between != run && between.Id.StartsWith(run.Id + "-", StringComparison.Ordinal) && child.Id.StartsWith(between.Id + "-", StringComparison.Ordinal));

    /// <summary>What is wrong with the test itself: it must reach the test, not fail a step.</summary>
    private sealed class Problem
    {
        private volatile SimulationSetupException? _found;

        public async ValueTask<StepReply> NoteAsync(Func<ValueTask<StepReply>> answer)
        {
            try
            {
                return await answer().ConfigureAwait(false);
            }
            catch (SimulationSetupException e)
            {
                _found = e;
                throw;
            }
        }

        public void ThrowIfAny()
        {
            if (_found is { } found)
            {
                throw found;
            }
        }
    }
}
