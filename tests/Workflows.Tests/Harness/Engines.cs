using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Local;
using Portable.Runtime;
using Portable.Testing;
using Portable.Testing.Asl;
using Portable.Testing.GoogleWorkflows;

namespace Portable.Workflows.Tests.Harness;

/// <summary>What became of a run, reduced to what must be the same on every engine.</summary>
internal sealed record Outcome(string? Output, StepFailure? Failure, IReadOnlyDictionary<string, int> Calls);

/// <summary>Runs a workflow on each engine.</summary>
internal static class Engines
{
    /// <summary>The user's own method on the local engine: what the others are compared with.</summary>
    public static async Task<Outcome> LocalAsync(WorkflowModel model, string input, StepScript script)
    {
        script.Reset();
        var user = new UserWorkflow(model, script.Handler);
        await using var app = user.App(new InstantTime());
        var run = new LocalWorkflowEngine(app).Start(model.Name, input);
        await run.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return new Outcome(run.Output, run.Failure, run.Calls);
    }

    public static async Task<Outcome> StepFunctionsAsync(WorkflowModel model, string input, StepScript script)
    {
        script.Reset();
        var user = new UserWorkflow(model, script.Handler);
        var endpoints = model.Steps.Where(step => step.Endpoint is not null).ToDictionary(step => $"${{{AslEmitter.EndpointSubstitution(step.Endpoint!)}}}", step => step.Name);
        var result = await AslSimulator.Parse(AslEmitter.Emit(model)!).RunAsync(input, Testing.Asl.AslTasks.FromSteps(user.CallAsync, endpoints), cancellationToken: TestContext.Current.CancellationToken);
        return From(result, model);
    }

    public static async Task<Outcome> GoogleWorkflowsAsync(WorkflowModel model, string input, StepScript script)
    {
        script.Reset();
        var user = new UserWorkflow(model, script.Handler);
        var endpoints = model.Steps.Where(step => step.Endpoint is not null).ToDictionary(step => $"https://{step.Endpoint}.example", step => step.Name);
        var environment = model.Steps.Where(step => step.Endpoint is not null)
            .ToDictionary(step => GoogleWorkflowsEmitter.EndpointVariable(step.Endpoint!), step => $"https://{step.Endpoint}.example");
        environment["PORTABLE_STEPS_URL"] = "https://steps.example";
        environment["GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID"] = "run-1";
        var result = await GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(model)!).RunAsync(
            input, GoogleHttp.FromSteps(user.CallAsync, endpoints), new GoogleWorkflowOptions { Environment = environment }, TestContext.Current.CancellationToken);
        return From(result, model);
    }

    public static async Task<Outcome> DurableAsync(WorkflowModel model, string input, StepScript script)
    {
        script.Reset();
        var result = await DurableBridge.RunAsync(model, new UserWorkflow(model, script.Handler, limited: true), input);
        return From(result, model);
    }

    private static Outcome From(SimulationResult result, WorkflowModel model)
    {
        var failure = result.Error is null ? null : result.Error.Failure ?? throw new Xunit.Sdk.XunitException($"{model.Name} failed without a failure of ours: {result.Error}");
        var prefix = model.Name + "-";
        return new Outcome(
            result.Output,
            failure,
            result.CallCounts.ToDictionary(count => count.Key.StartsWith(prefix, StringComparison.Ordinal) ? count.Key[prefix.Length..] : count.Key, count => count.Value, StringComparer.Ordinal));
    }
}
