using System.Text.Json.Nodes;
using Portable.Runtime;
using Portable.TestKit;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>
/// The same workflow, input and faults give the same output, failure and number of calls per step on every engine. The user's own method
/// on the local engine says what is right.
/// </summary>
public sealed class DifferentialTests
{
    public static TheoryData<string> Rows => [.. Scenarios.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rows))]
    [Supports("Workflow", "aws managed")]
    [Supports("Workflow", "aws native")]
    [Supports("Retry with an error filter", "aws managed")]
    [Supports("Retry with an error filter", "aws native")]
    [Supports("Inference step", "aws managed")]
    [Supports("Inference step", "aws native")]
    public async Task Step_Functions(string scenario) => await Compare(scenario, Engines.StepFunctionsAsync);

    [Theory]
    [MemberData(nameof(Rows))]
    [Supports("Workflow", "gcp managed")]
    [Supports("Workflow", "gcp native")]
    [Supports("Retry with an error filter", "gcp managed")]
    [Supports("Retry with an error filter", "gcp native")]
    [Supports("Inference step", "gcp managed")]
    [Supports("Inference step", "gcp native")]
    public async Task Google_Workflows(string scenario) => await Compare(scenario, Engines.GoogleWorkflowsAsync);

    [Theory]
    [MemberData(nameof(Rows))]
    [Supports("Workflow", "azure managed")]
    [Supports("Retry with an error filter", "azure managed")]
    [Supports("Inference step", "azure managed")]
    public async Task Durable(string scenario) => await Compare(scenario, Engines.DurableAsync);

    private static async Task Compare(string scenario, Func<Generator.Model.WorkflowModel, string, Testing.StepScript, Task<Outcome>> engine)
    {
        var (workflow, input, script, expected) = Scenarios.All[scenario];
        var model = Compiled.Case(workflow);
        var right = await Engines.LocalAsync(model, input, script);
        Assert.Equal(expected, right.Failure?.Code ?? Status(right.Output!));

        var actual = await engine(model, input, script);
        Assert.Equal(Shape(right.Failure, model), Shape(actual.Failure, model));
        Assert.True(
            right.Output == actual.Output || JsonNode.DeepEquals(JsonNode.Parse(right.Output!), JsonNode.Parse(actual.Output!)),
            $"C# returns {right.Output}, the engine {actual.Output}");
        Assert.Equal(right.Calls.OrderBy(static call => call.Key, StringComparer.Ordinal), actual.Calls.OrderBy(static call => call.Key, StringComparer.Ordinal));
    }

    // What an endpoint says when it fails is the cloud's own text; the code is ours.
    private static StepFailure? Shape(StepFailure? failure, Generator.Model.WorkflowModel model) =>
        failure is not null && model.Steps.Any(static step => step.Endpoint is not null) ? failure with { Message = "" } : failure;

    private static string Status(string output) => JsonNode.Parse(output) switch
    {
        JsonObject made when made.TryGetPropertyValue("status", out var status) => status?.ToString() ?? "",
        JsonObject made when made["order-id"] is { } id => id.ToString(),
        null => "null",
        var other => other.ToJsonString(),
    };
}
