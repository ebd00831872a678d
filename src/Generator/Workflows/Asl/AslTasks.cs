using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Describes what Task states call: the part of a state that control flow does not matter to.</summary>
internal sealed class AslTasks(WorkflowModel model)
{
    /// <summary>The run is named by whoever starts it.</summary>
    public const string RunId = "$states.context.Execution.Name";
    private const string Token = "$states.context.Task.Token";

    private const string Invoke = "arn:aws:states:::lambda:invoke";
    private const string InvokeAndWait = "arn:aws:states:::lambda:invoke.waitForTaskToken";

    public StepModel Step(string name) => model.Steps.First(candidate => candidate.Name == name);

    /// <summary>What a step's state calls, and where its result is.</summary>
    public static (AslCall Call, string Result) Shape(StepModel step, bool isExpress) =>
        step.Endpoint is not null ? (AslCall.Endpoint, step.IsHttp ? "$states.result.ResponseBody" : "$parse($states.result.Body)")
        : CompletesByToken(step, isExpress) ? (AslCall.Function, "$states.result")
        : (AslCall.Function, "$states.result.Payload");

    public (AslCall Call, string Result) Describe(AslState state, IrStep call, Jsonata print)
    {
        var step = Step(call.Step);
        var input = call.Input is null ? JsonNode.Null : print.Node(call.Input);
        if (step is { Endpoint: { } address, IsHttp: true })
        {
            state.Fields
                .Add("Resource", "arn:aws:states:::http:invoke")
                .Add("Arguments", new JsonObject()
                    .Add("ApiEndpoint", $"${{{AslEmitter.EndpointSubstitution(address)}}}")
                    .Add("Method", "POST")
                    .Add("Authentication", new JsonObject().Add("ConnectionArn", $"${{{AslEmitter.ConnectionSubstitution(address)}}}"))
                    .Add("Headers", new JsonObject().Add("Content-Type", "application/json").Add("Accept", "application/json"))
                    .Add("RequestBody", input));
        }
        else if (step.Endpoint is { } endpoint)
        {
            state.Fields
                .Add("Resource", "arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint")
                .Add("Arguments", new JsonObject()
                    .Add("EndpointName", $"${{{AslEmitter.EndpointSubstitution(endpoint)}}}")
                    .Add("ContentType", "application/json")
                    .Add("Accept", "application/json")
                    .Add("Body", input));
        }
        else
        {
            var payload = new JsonObject()
                .Add("step", step.Name)
                .Add("input", input)
                .Add("run", Jsonata.Template(RunId))
                .Add("attempt", Jsonata.Template("$states.context.State.RetryCount + 1"));
            if (call.Key is { } key)
            {
                payload.Add("key", print.Node(key));
            }

            var byToken = CompletesByToken(step, model.IsExpress);
            if (byToken)
            {
                payload.Add("token", Jsonata.Template(Token));
            }

            state.Fields.Add("Resource", byToken ? InvokeAndWait : Invoke).Add("Arguments", Function(step.IsIsolated ? step.Name : "Steps", payload));
        }

        Limits(state, step);
        Retry(state, step);
        return Shape(step, model.IsExpress);
    }

    /// <summary>A state that hands its token to the steps function and waits until somebody completes it.</summary>
    public static void Describe(AslState state, IrEvent wait, Jsonata print) => state.Fields
        .Add("Resource", InvokeAndWait)
        .Add("Arguments", Function("Steps", new JsonObject()
            .Add("event", wait.Name)
            .Add("run", Jsonata.Template(RunId))
            .Add("token", Jsonata.Template(Token))))
        .Add("TimeoutSeconds", wait.TimeoutSeconds is IrLiteral literal ? JsonNode.Raw(literal.Text) : Jsonata.Template($"$max([{print.Print(wait.TimeoutSeconds)}, 1])"));

    /// <summary>A state that runs another machine; with <c>:2</c> its output comes parsed.</summary>
    public static void Describe(AslState state, IrChild child, Jsonata print) => state.Fields
        .Add("Resource", "arn:aws:states:::states:startExecution.sync:2")
        .Add("Arguments", new JsonObject()
            .Add("StateMachineArn", $"${{{AslEmitter.MachineSubstitution(child.Workflow)}}}")
            .Add("Input", child.Input is null ? JsonNode.Null : print.Node(child.Input)));

    public void Describe(AslState state, IrPublish publish, Jsonata print) => state.Fields
        .Add("Resource", "arn:aws:states:::events:putEvents")
        .Add("Arguments", new JsonObject()
            .Add("Entries", new JsonArray([
                new JsonObject()
                    .Add("Detail", print.Node(publish.Payload))
                    .Add("DetailType", publish.Version > 1 ? $"{publish.Type}.v{publish.Version}" : publish.Type)
                    .Add("EventBusName", $"${{{AslEmitter.EventBusSubstitution}}}")
                    .Add("Source", $"portable.{model.Name}"),
            ])));

    // Signs of life come with the token; Express machines have none.
    private static bool CompletesByToken(StepModel step, bool isExpress) => step.HeartbeatSeconds > 0 && step.Endpoint is null && !isExpress;

    private static JsonObject Function(string name, JsonObject payload) => new JsonObject()
        .Add("FunctionName", $"${{{AslEmitter.FunctionSubstitution(name)}}}")
        .Add("Payload", payload);

    private void Limits(AslState state, StepModel step)
    {
        var timeout = EngineTimeout.Of(step);
        if (timeout is { } seconds)
        {
            state.Fields.Add("TimeoutSeconds", JsonNode.Number(seconds));
        }

        // Step Functions wants a heartbeat to be shorter than the timeout.
        if (CompletesByToken(step, model.IsExpress) && !(step.HeartbeatSeconds >= timeout))
        {
            state.Fields.Add("HeartbeatSeconds", JsonNode.Number(step.HeartbeatSeconds));
        }
    }

    private static void Retry(AslState state, StepModel step)
    {
        if (step.Retry is not { } retry || RetryPlan.Of(retry) is not { } plan || AslErrors.Retried(step, retry) is not { Count: > 0 } errors)
        {
            return;
        }

        var retrier = new JsonObject()
            .Add("ErrorEquals", new JsonArray(errors.Select(JsonNode.Text)))
            .Add("IntervalSeconds", JsonNode.Number(plan.FirstDelay))
            .Add("BackoffRate", JsonNode.Number(plan.Rate))
            .Add("MaxAttempts", JsonNode.Number(plan.Retries)); // retries: the first call is not counted here
        if (plan.ReachesLongest)
        {
            retrier.Add("MaxDelaySeconds", JsonNode.Number(plan.LongestDelay));
        }

        if (retry.Jitter)
        {
            retrier.Add("JitterStrategy", "FULL");
        }

        state.Fields.Add("Retry", new JsonArray([retrier]));
    }
}
