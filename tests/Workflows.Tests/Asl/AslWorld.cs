using System.Text.Json;
using System.Text.Json.Nodes;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Runtime;
using Portable.Testing;
using Portable.Testing.Asl;
using AslTasks = Portable.Testing.Asl.AslTasks;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace Portable.Workflows.Tests.Asl;

/// <summary>Answers every resource that machines of ours call. Events, children and tokens are scripted as steps: <c>event:NAME</c>, <c>child:ARN</c>.</summary>
internal static class AslWorld
{
    public static SimulationResult Run(WorkflowModel model, string input, StepScript script) => Run(AslEmitter.Emit(model)!, input, script);

    public static SimulationResult Run(string definition, string input, StepScript script)
    {
        script.Reset();
        return AslSimulator.Parse(definition).RunAsync(input, (task, _) => Answer(task, script.Handler), cancellationToken: TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
    }

    private static async ValueTask<AslTaskResult> Answer(AslTask task, StepHandlerDelegate steps)
    {
        var arguments = JsonNode.Parse(task.Arguments)!;
        switch (task.Resource)
        {
            case "arn:aws:states:::lambda:invoke":
            case "arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint":
                return await AslTasks.FromSteps(steps)(task, default);

            case "arn:aws:states:::lambda:invoke.waitForTaskToken":
                var payload = arguments["Payload"]!;
                var isEvent = payload["event"] is not null;
                var completed = await steps(Invocation(isEvent ? $"event:{payload["event"]}" : payload["step"]!.ToString(), isEvent ? null : payload["input"], task));
                if (completed.Failure is null)
                {
                    task.Token!.Succeed(completed.Output!, completed.Duration);
                }
                else if (completed.Failure.Code != "Timeout")
                {
                    task.Token!.Fail(completed.Failure.Code, completed.Failure.ToJson(), completed.Duration);
                }

                return AslTaskResult.Success("null"); // without an end by the token, the task runs into its timeout

            case "arn:aws:states:::states:startExecution.sync:2":
                var child = await steps(Invocation($"child:{arguments["StateMachineArn"]}", arguments["Input"], task));
                return child.Failure is { } failed
                    ? AslTaskResult.Failure("States.TaskFailed", new JsonObject { ["Cause"] = failed.ToJson(), ["Error"] = failed.Code, ["ExecutionArn"] = "arn", ["Input"] = "{}", ["Status"] = "FAILED" }.ToJsonString(), child.Duration)
                    : AslTaskResult.Success(new JsonObject { ["ExecutionArn"] = "arn", ["Output"] = JsonNode.Parse(child.Output!), ["Status"] = "SUCCEEDED" }.ToJsonString(), child.Duration);

            case "arn:aws:states:::events:putEvents":
                var entry = arguments["Entries"]![0]!;
                var published = await steps(Invocation($"publish:{entry["DetailType"]}", entry["Detail"], task));
                return published.Failure is null
                    ? AslTaskResult.Success("""{"Entries":[{"EventId":"e"}],"FailedEntryCount":0}""")
                    : AslTaskResult.Failure("EventBridge.FailedEntry", """{"Entries":[{"ErrorCode":"MalformedDetail"}],"FailedEntryCount":1}""");

            default:
                throw new NotSupportedException(task.Resource);
        }
    }

    private static StepInvocation Invocation(string step, JsonNode? input, AslTask task) => new(step, input?.ToJsonString() ?? "null", task.RetryCount + 1);

    /// <summary>The failure that the run ended with, as <c>code: message</c>, after checking that error and cause agree.</summary>
    public static string FailureOf(SimulationResult result)
    {
        Assert.NotNull(result.Error);
        using var cause = JsonDocument.Parse(result.Error.Message);
        Assert.Equal(["code", "message", "data"], cause.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(result.Error.Code, cause.RootElement.GetProperty("code").GetString());
        return $"{result.Error.Code}: {cause.RootElement.GetProperty("message").GetString()}";
    }
}
