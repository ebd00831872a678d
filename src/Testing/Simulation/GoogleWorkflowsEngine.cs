using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Portable.Runtime;
using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing;

/// <summary>Runs the emitted Google Workflows definition.</summary>
internal static class GoogleWorkflowsEngine
{
    public static async Task<SimulationResult> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var workflows = run.Real.ToDictionary(static workflow => workflow.Name, StringComparer.Ordinal);
        var definitions = workflows.Keys.ToDictionary(static name => name, name => GoogleWorkflowSimulator.Parse(run.Application.Definition(name, Engine.GoogleWorkflows)), StringComparer.Ordinal);
        var handlers = workflows.ToDictionary(static entry => entry.Key, entry => Handler(run, entry.Value), StringComparer.Ordinal);
        return await definitions[run.Workflow].RunAsync(
            run.Input,
            (request, token) => handlers[request.Workflow](request, token),
            new GoogleWorkflowOptions
            {
                ExecutionId = run.RunId,
                WorkflowId = run.Workflow,
                StartTime = run.Start,
                Events = run.Events,
                Environment = new DeployedEnvironment(),
                Children = definitions,
                ChildHandler = call => new ValueTask<StepReply>(run.Script.AnswerChild(call.Step, call.Input)),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static GoogleHttpHandler Handler(EngineRun run, WorkflowDefinition workflow)
    {
        var environment = new DeployedEnvironment();
        return GoogleHttp.FromSteps(
            call => run.Script.AnswerAsync(workflow, call, run.RunId),
            run.Application.Endpoints(workflow.Name).GroupBy(static entry => entry.Endpoint, StringComparer.Ordinal)
                .ToDictionary(group => environment["PORTABLE_ENDPOINT_" + group.Key.ToUpperInvariant().Replace('-', '_')], static group => group.First().Step, StringComparer.Ordinal));
    }

    /// <summary>What a deployment sets: an address for each function and endpoint, and the topic of events.</summary>
    private sealed class DeployedEnvironment : IReadOnlyDictionary<string, string>
    {
        public int Count => 0;

        public IEnumerable<string> Keys => [];

        public IEnumerable<string> Values => [];

        public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
        {
            value = key == "PORTABLE_EVENTS_TOPIC" ? "projects/project/topics/events"
                : key.StartsWith("PORTABLE_", StringComparison.Ordinal) ? $"https://{key.ToLowerInvariant().Replace('_', '-')}.example"
                : null;
            return value is not null;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, string>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
