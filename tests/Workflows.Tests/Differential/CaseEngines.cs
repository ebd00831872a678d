using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;
using Portable.Azure;
using Portable.Runtime;
using Portable.Testing;
using Portable.Testing.Asl;
using Portable.Testing.Durable;
using Portable.Testing.GoogleWorkflows;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Differential;

/// <summary>An engine of the comparison.</summary>
internal delegate Task<Observed?> CaseEngine(Subject subject, Situation situation, CancellationToken cancellationToken);

/// <summary>Runs a situation on each engine; <see langword="null"/> where the engine has no definition for the workflow.</summary>
internal static class CaseEngines
{
    /// <summary>The identifier of every run, so that a body may use it.</summary>
    public const string RunId = "run-1";

    // Replaying every prefix takes as many turns as the run had, squared.
    private const int OneInIsReplayed = 8;

    public static IReadOnlyList<(string Name, CaseEngine Run)> Others { get; } =
    [
        ("Step Functions", StepFunctionsAsync),
        ("Google Workflows", GoogleWorkflowsAsync),
        ("Durable", DurableAsync),
    ];

    public static Task<Observed?> StepFunctionsAsync(Subject subject, Situation situation, CancellationToken cancellationToken) =>
        StepFunctionsAsync(subject, situation, null, cancellationToken);

    /// <param name="subject">The workflow.</param>
    /// <param name="situation">The situation.</param>
    /// <param name="evaluated">Is told of every expression.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static async Task<Observed?> StepFunctionsAsync(Subject subject, Situation situation, Action<AslEvaluation>? evaluated, CancellationToken cancellationToken)
    {
        if (subject.Family.Any(static member => member.Machine is null))
        {
            return null;
        }

        var steps = new ScriptedSteps(situation);
        var family = subject.Family.ToDictionary(static member => member.Substitution, StringComparer.Ordinal);
        var handlers = family.ToDictionary(static member => member.Key, member => AslTasks.FromSteps(call => steps.AnswerAsync(member.Value, call)), StringComparer.Ordinal);
        var options = new AslOptions
        {
            Evaluated = evaluated,
            ExecutionName = RunId,
            StateMachineName = subject.Substitution,
            Events = situation.Events,
            Children = subject.Children.ToDictionary(static child => child.Substitution, static child => child.Machine!, StringComparer.Ordinal),
        };
        return From(subject, await subject.Machine!.RunAsync(situation.Input, (task, token) => handlers[task.Machine](task, token), options, cancellationToken), steps);
    }

    public static async Task<Observed?> GoogleWorkflowsAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        if (subject.Family.Any(static member => member.Google is null))
        {
            return null;
        }

        var steps = new ScriptedSteps(situation);
        var handlers = subject.Family.ToDictionary(static member => member.Model.Name, member => GoogleHttp.FromSteps(call => steps.AnswerAsync(member, call)), StringComparer.Ordinal);
        var options = new GoogleWorkflowOptions
        {
            ExecutionId = RunId,
            WorkflowId = subject.Model.Name,
            Events = situation.Events,
            Children = subject.Children.ToDictionary(static child => child.Model.Name, static child => child.Google!, StringComparer.Ordinal),
            Environment = new Dictionary<string, string> { ["PORTABLE_STEPS_URL"] = "https://steps.example", ["PORTABLE_EVENTS_TOPIC"] = "projects/project/topics/events" },
        };
        return From(subject, await subject.Google!.RunAsync(situation.Input, (request, token) => handlers[request.Workflow](request, token), options, cancellationToken), steps);
    }

    public static async Task<Observed?> DurableAsync(Subject subject, Situation situation, CancellationToken cancellationToken)
    {
        var steps = new ScriptedSteps(situation);
        var published = new List<string>();
        var engine = new ReplayEngine(
            replay => OrchestrateAsync(subject, replay),
            new ReplayOptions
            {
                Name = subject.Model.Name,
                InstanceId = RunId,
                Events = situation.Events,
                Children = subject.Children.ToDictionary(static child => child.Model.Name, static child => (Func<ReplayContext, Task<string?>>)(replay => OrchestrateAsync(child, replay)), StringComparer.Ordinal),
                FailureException = static (name, id, failure) => new TaskFailedException(name, id, DurableBridge.Details(failure)),
            });
        var result = await engine.RunAsync(
            situation.Input,
            call =>
            {
                var request = StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input));
                if (request.Step == PublishedEventJson.Step)
                {
                    var happened = PublishedEventJson.Read(request.Input);
                    published.Add(Publications.Describe(subject, happened.Type, happened.Version, happened.Json, happened.Source));
                    return new ValueTask<StepReply>(StepReply.Success("null"));
                }

                // The longest name: a child's begins with its parent's.
                var owner = subject.Family.Where(member => call.Step == $"{member.Model.Name}-{request.Step}").MaxBy(static member => member.Model.Name.Length)!;
                return steps.AnswerAsync(owner, new StepInvocation(request.Step, Encoding.UTF8.GetString(request.Input.Span), request.Attempt) { Key = request.Key });
            },
            cancellationToken);
        if (situation.Seed % OneInIsReplayed == 0)
        {
            engine.VerifyReplay();
        }

        return From(subject, result, steps) with { Published = published };
    }

    private static async Task<string?> OrchestrateAsync(Subject subject, ReplayContext replay)
    {
        var orchestrator = (ITaskOrchestrator)Activator.CreateInstance(subject.Orchestrator)!;
        var output = await orchestrator.RunAsync(new DurableBridge.Context(replay), JsonDocument.Parse(replay.Input!).RootElement);
        return ((JsonElement)output!).GetRawText();
    }

    private static Observed From(Subject subject, SimulationResult result, ScriptedSteps steps)
    {
        var published = Publications.Of(subject, result);
        return result.Error is null
            ? new Observed(result.Output, null, steps.Calls, published)
            : new Observed(null, result.Error.Failure ?? new StepFailure("NOT OURS: " + result.Error.Code, result.Error.Message), steps.Calls, published);
    }
}
