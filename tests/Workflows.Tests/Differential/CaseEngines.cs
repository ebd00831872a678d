using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;
using Portable.Local;
using Portable.Runtime;
using Portable.Testing;
using Portable.Testing.Asl;
using Portable.Testing.Durable;
using Portable.Testing.GoogleWorkflows;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Differential;

/// <summary>What a run showed to the world.</summary>
/// <param name="Calls">Calls of the user's steps, in the order in which they began.</param>
/// <param name="Broken">What the engine threw.</param>
internal sealed record Observed(string? Output, StepFailure? Failure, IReadOnlyList<(string Step, string Payload)> Calls, string? Broken = null)
{
    public override string ToString() =>
        (Broken is not null ? "BROKEN " + Broken : Failure is not null ? $"fails {Failure.Code} '{Failure.Message}' {Failure.Data}" : "returns " + Output)
        + string.Concat(Calls.Select(static call => $"\n    {call.Step} {call.Payload}"));
}

/// <summary>An engine of the comparison.</summary>
internal delegate Task<Observed?> CaseEngine(Subject subject, Situation situation, CancellationToken cancellationToken);

/// <summary>Runs a situation on each engine; <see langword="null"/> where the engine has no definition for the workflow.</summary>
internal static class CaseEngines
{
    public static IReadOnlyList<(string Name, CaseEngine Run)> Others { get; } =
    [
        ("Step Functions", StepFunctionsAsync),
        ("Google Workflows", GoogleWorkflowsAsync),
        ("Durable", DurableAsync),
    ];

    /// <summary>The user's own method on the local engine: what the others are compared with.</summary>
    public static async Task<Observed?> LocalAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        var steps = new ScriptedSteps(subject, situation);
        var time = new VirtualTime();
        await using var app = new PortableApp("local", [], [steps.Define(time)], time: time);
        var engine = new LocalWorkflowEngine(app);
        var run = engine.Start(subject.Model.Name, situation.Input);
        Pump(engine, run, time, cancellationToken);
        return new Observed(run.Output, run.Failure, [.. steps.Calls]);
    }

    /// <summary>Lets time pass whenever everything waits, until the run has ended.</summary>
    private static void Pump(LocalWorkflowEngine engine, LocalRun run, VirtualTime time, CancellationToken cancellationToken)
    {
        var wait = default(SpinWait);
        var deadline = Environment.TickCount64 + 30_000;
        while (!run.Completion.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var runs = engine.Runs;
            if (!runs.All(static known => known.IsWaiting) || runs.Sum(static known => known.Execution!.UnderWay) != time.WaitingSteps || !runs.All(static known => known.IsWaiting))
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

    public static async Task<Observed?> StepFunctionsAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        if (subject.Machine is not { } machine)
        {
            return null;
        }

        var steps = new ScriptedSteps(subject, situation);
        return From(await machine.RunAsync(situation.Input, AslTasks.FromSteps(steps.AnswerAsync), cancellationToken: cancellationToken), steps);
    }

    public static async Task<Observed?> GoogleWorkflowsAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        if (subject.Google is not { } google)
        {
            return null;
        }

        var steps = new ScriptedSteps(subject, situation);
        var environment = new Dictionary<string, string> { ["PORTABLE_STEPS_URL"] = "https://steps.example", ["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1" };
        return From(await google.RunAsync(situation.Input, GoogleHttp.FromSteps(steps.AnswerAsync), new GoogleWorkflowOptions { Environment = environment }, cancellationToken), steps);
    }

    public static async Task<Observed?> DurableAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        var steps = new ScriptedSteps(subject, situation);
        var engine = new ReplayEngine(
            async replay =>
            {
                var orchestrator = (ITaskOrchestrator)Activator.CreateInstance(subject.Orchestrator)!;
                var output = await orchestrator.RunAsync(new DurableBridge.Context(replay), JsonDocument.Parse(replay.Input!).RootElement);
                return ((JsonElement)output!).GetRawText();
            },
            new ReplayOptions { Name = subject.Model.Name, FailureException = static (name, id, failure) => new TaskFailedException(name, id, DurableBridge.Details(failure)) });
        return From(await engine.RunAsync(situation.Input, call => steps.AnswerAsync(call with { Step = call.Step[(subject.Model.Name.Length + 1)..], Input = Encoding.UTF8.GetString(StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input)).Input.Span) }), cancellationToken), steps);
    }

    private static Observed From(SimulationResult result, ScriptedSteps steps) => result.Error is null
        ? new Observed(result.Output, null, steps.Calls)
        : new Observed(null, result.Error.Failure ?? new StepFailure("NOT OURS: " + result.Error.Code, result.Error.Message), steps.Calls);
}
