using Portable.Testing;
using Portable.Testing.GoogleWorkflows;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Runs printed definitions.</summary>
internal static class Simulation
{
    public static readonly Dictionary<string, string> Environment = new()
    {
        ["PORTABLE_STEPS_URL"] = "https://steps.example",
        ["PORTABLE_EVENTS_TOPIC"] = "projects/p/topics/events",
        ["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1",
        ["GOOGLE_CLOUD_LOCATION"] = "europe-west3",
        ["GOOGLE_CLOUD_PROJECT_ID"] = "p",
    };

    public static async Task<SimulationResult> RunAsync(string yaml, StepHandlerDelegate steps, string? input = null) =>
        await GoogleWorkflowSimulator.Parse(yaml).RunAsync(input, GoogleHttp.FromSteps(steps), new GoogleWorkflowOptions { Environment = Environment }, TestContext.Current.CancellationToken);
}
