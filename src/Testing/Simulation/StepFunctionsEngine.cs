using Portable.Runtime;
using Portable.Testing.Asl;

namespace Portable.Testing;

/// <summary>Runs the emitted state machine.</summary>
internal static class StepFunctionsEngine
{
    public static async Task<SimulationResult> RunAsync(EngineRun run, bool express, CancellationToken cancellationToken)
    {
        var workflows = run.Real.ToDictionary(static workflow => Substitution(workflow.Name), StringComparer.Ordinal);
        var machines = workflows.ToDictionary(static entry => entry.Key, entry => AslSimulator.Parse(run.Application.Definition(entry.Value.Name, Engine.StepFunctions)), StringComparer.Ordinal);
        var handlers = workflows.ToDictionary(static entry => entry.Key, entry => Handler(run, entry.Value), StringComparer.Ordinal);
        var root = Substitution(run.Workflow);
        var names = run.Application.Family(run.Workflow).ToDictionary(static workflow => Substitution(workflow.Name), static workflow => workflow.Name, StringComparer.Ordinal);
        var result = await machines[root].RunAsync(
            run.Input,
            (task, token) => handlers[task.Machine](task, token),
            new AslOptions
            {
                ExecutionName = run.RunId,
                ExecutionId = $"arn:aws:states:us-east-1:000000000000:execution:{run.Workflow}:{run.RunId}",
                StateMachineName = root,
                StartTime = run.Start,
                Events = run.Events,
                Express = express,
                Children = machines,
                ChildHandler = call => new ValueTask<StepReply>(run.Script.AnswerChild(names[call.Step], call.Input)),
            },
            cancellationToken).ConfigureAwait(false);
        return Named(result, names);
    }

    private static AslTaskHandler Handler(EngineRun run, WorkflowDefinition workflow) => AslTasks.FromSteps(
        call => run.Script.AnswerAsync(workflow, call, run.RunId),
        run.Application.Endpoints(workflow.Name).GroupBy(static entry => entry.Endpoint, StringComparer.Ordinal)
            .ToDictionary(static group => $"${{{Pascal(group.Key)}Endpoint}}", static group => group.First().Step, StringComparer.Ordinal));

    // Names of the version stand behind the type: com.acme.order.placed.v2.
    private static SimulationResult Named(SimulationResult result, Dictionary<string, string> names) => result with
    {
        Children = [.. result.Children.Select(child => child with { Workflow = names.GetValueOrDefault(child.Workflow, child.Workflow), Result = Named(child.Result, names) })],
        Published = [.. result.Published.Select(static published =>
        {
            var at = published.Type.LastIndexOf(".v", StringComparison.Ordinal);
            return at > 0 && int.TryParse(published.Type.AsSpan(at + 2), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) && version > 1
                ? published with { Type = published.Type[..at], Version = version }
                : published;
        })],
    };

    private static string Substitution(string workflow) => Pascal(workflow) + "StateMachineArn";

    private static string Pascal(string name) =>
        string.Concat(name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(static part => char.ToUpperInvariant(part[0]) + part[1..]));
}
