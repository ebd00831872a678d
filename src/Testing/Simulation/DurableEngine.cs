using System.Text;
using System.Text.Json;
using Portable.Azure;
using Portable.Runtime;
using Portable.Testing.Durable;

namespace Portable.Testing;

/// <summary>Runs the workflow's own method on the replay engine, through the runtime that Durable's orchestrators use.</summary>
internal static class DurableEngine
{
    public static async Task<SimulationResult> RunAsync(EngineRun run, PortableApp app, CancellationToken cancellationToken)
    {
        var real = run.Real.ToList();
        Dictionary<string, Func<ReplayContext, Task<string?>>> orchestrators = real.ToDictionary(
            static workflow => workflow.Name, workflow => (Func<ReplayContext, Task<string?>>)(replay => OrchestrateAsync(workflow, replay, app)), StringComparer.Ordinal);
        var engine = new ReplayEngine(orchestrators[run.Workflow], new ReplayOptions
        {
            Name = run.Workflow,
            InstanceId = run.RunId,
            StartTime = run.Start,
            Events = run.Events,
            Children = orchestrators,
            ChildHandler = call => new ValueTask<StepReply>(run.Script.AnswerChild(call.Step, call.Input)),
        });
        var result = await engine.RunAsync(run.Input, call => ActivityAsync(run, real, call), cancellationToken).ConfigureAwait(false);
        engine.VerifyReplay();
        return Named(result, real);
    }

    // Awaits nothing but the replayed workflow and stays on its thread, as an orchestrator does.
    private static async Task<string?> OrchestrateAsync(WorkflowDefinition workflow, ReplayContext replay, PortableApp app)
    {
        using var input = JsonDocument.Parse(replay.Input ?? "null");
        var output = await new ReplayedWorkflow(workflow, new Context(replay)).RunAsync(input.RootElement.Clone(), app.Services);
        return output.GetRawText();
    }

    private static async ValueTask<StepReply> ActivityAsync(EngineRun run, List<WorkflowDefinition> workflows, StepInvocation call)
    {
        var request = StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input));
        return request.Step == PublishedEventJson.Step
            ? StepReply.Success("null")
            : await run.Script.AnswerAsync(Owner(workflows, call.Step), new StepInvocation(request.Step, Encoding.UTF8.GetString(request.Input.Span), request.Attempt) { Key = request.Key }, request.RunId).ConfigureAwait(false);
    }

    // An activity is named after its workflow and step, both of which may contain hyphens.
    private static WorkflowDefinition Owner(List<WorkflowDefinition> workflows, string activity) => workflows.First(workflow =>
        activity == workflow.Name + ReplayedWorkflow.PublishSuffix
        || (activity.StartsWith(workflow.Name + "-", StringComparison.Ordinal) && workflow.FindStep(activity[(workflow.Name.Length + 1)..]) is not null));

    private static SimulationResult Named(SimulationResult result, List<WorkflowDefinition> workflows)
    {
        List<SimulatedCall> calls = [];
        List<SimulatedPublication> published = [];
        foreach (var call in result.Calls)
        {
            var request = StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input));
            if (request.Step != PublishedEventJson.Step)
            {
                calls.Add(call with { Name = request.Step, Input = Encoding.UTF8.GetString(request.Input.Span), Attempt = request.Attempt, Key = request.Key });
            }
            else if (call.Failure is null)
            {
                var happened = PublishedEventJson.Read(request.Input);
                published.Add(new SimulatedPublication(happened.Type, happened.Json, call.At, nameof(IEventPublisher), happened.Source, Version: happened.Version));
            }
        }

        return result with
        {
            Calls = calls,
            Published = published,
            Children = [.. result.Children.Select(child => child with { Result = Named(child.Result, workflows) })],
        };
    }

    private sealed class Context(ReplayContext replay) : IReplayContext
    {
        public string RunId => replay.InstanceId;

        public DateTime UtcNow => replay.CurrentUtcDateTime;

        public Guid NewGuid() => replay.NewGuid();

        public async Task<JsonElement> CallActivity(string name, JsonElement input) => Parse(await replay.CallActivityAsync(name, input.GetRawText()));

        public Task WaitUntil(DateTime due, CancellationToken cancellation) => replay.CreateTimer(due, cancellation);

        public async Task<JsonElement> WaitForEvent(string name) => Parse(await replay.WaitForExternalEvent(name));

        public async Task<JsonElement> RunChild(string workflow, string runId, JsonElement input) => Parse(await replay.CallSubOrchestratorAsync(workflow, input.GetRawText(), runId));

        public StepFailure? FailureOf(Exception exception) => exception is ReplayTaskFailedException failed
            ? FailureText.Find(failed.Failure.ErrorMessage) ?? FailureText.Find(failed.Failure.InnerFailure?.ErrorMessage)
                ?? new StepFailure(failed.Failure.ErrorType[(failed.Failure.ErrorType.LastIndexOf('.') + 1)..], failed.Failure.ErrorMessage)
            : null;

        private static JsonElement Parse(string json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
