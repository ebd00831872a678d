using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>Answers the steps and children of simulated runs: by the script, then by the real step, else with an error that says what is missing.</summary>
internal sealed class SimulationScript(SimulatedApplication application)
{
    public Dictionary<string, StepSetup> Steps { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, StepSetup> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs steps that the script does not answer; <see langword="null"/> when none are to be run.</summary>
    public PortableApp? App { get; set; }

    public void Reset()
    {
        foreach (var setup in Steps.Values.Concat(Children.Values))
        {
            setup.Reset();
        }
    }

    /// <summary>Answers a call of a step as the deployed step does: its payload is read, its timeout applies.</summary>
    public async ValueTask<StepReply> AnswerAsync(WorkflowDefinition workflow, StepInvocation call, string? run = null)
    {
        var step = workflow.Step(call.Step);
        var lifted = application.IsLifted(workflow.Name, step.Name);
        if (!lifted && step.Input is { } contract)
        {
            try
            {
                JsonSerializer.Deserialize(call.Input, contract);
            }
            catch (JsonException e)
            {
                return StepReply.Fail("BadInput", $"The payload is not valid JSON for {contract.Type.Name} at {e.Path ?? "$"}.");
            }
        }

        var setup = Steps.GetValueOrDefault(step.Name);
        var reply = setup?.Answer(call.Input)
            ?? (lifted ? await RunAsync(application.App, step, call, run, TimeSpan.Zero).ConfigureAwait(false)
                : App is { } app ? await RunAsync(app, step, call, run, setup?.DurationOf(call.Input) ?? TimeSpan.Zero).ConfigureAwait(false)
                : throw new SimulationSetupException(
                    $"The workflow '{workflow.Name}' calls the step '{step.Name}' with {call.Input}, and the test says nothing about it: script it with simulator.Step(\"{step.Name}\"), or let real steps run with simulator.WithApp()."));
        var timeout = application.TimeoutOf(workflow.Name, step);
        return timeout > 0 && reply.Duration > TimeSpan.FromSeconds(timeout)
            ? StepReply.Fail(StepFailed.TimeoutCode, "The step took longer than its timeout.", null, TimeSpan.FromSeconds(timeout))
            : reply;
    }

    /// <summary>Answers an execution of another workflow.</summary>
    public StepReply AnswerChild(string workflow, string input) => Children.GetValueOrDefault(workflow)?.Answer(input)
        ?? throw new SimulationSetupException($"The script of the workflow '{workflow}' has no answer after its faults: give it one with simulator.Child(\"{workflow}\").Returns(...).");

    private static async ValueTask<StepReply> RunAsync(PortableApp app, StepDefinition step, StepInvocation call, string? run, TimeSpan duration)
    {
        await using var context = new InvocationContext(app, step.Name, $"{step.Name}-{call.Attempt}", call.Attempt, runId: run, idempotencyKey: call.Key);
        var outcome = await StepRunner.RunAsync(step, Encoding.UTF8.GetBytes(call.Input), context, TimeProvider.System).ConfigureAwait(false);
        return outcome.Failure is { } failure
            ? StepReply.Fail(failure.Code, failure.Message, failure.Data, duration)
            : StepReply.Success(Encoding.UTF8.GetString(outcome.Output.Span), duration);
    }
}
