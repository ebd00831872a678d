using System.Text.Json;
using Portable.Runtime;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>Answers the tasks of Portable's emitted machines from step handlers.</summary>
public static class AslTasks
{
    private const string LambdaInvoke = "arn:aws:states:::lambda:invoke";
    private const string InvokeEndpoint = "arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint";

    /// <summary>
    /// <c>lambda:invoke</c> with the payload <c>{"step", "input", ...}</c> calls that step: its result comes under <c>Payload</c>, its failure is a
    /// Lambda error whose type is the failure's code. <c>invokeEndpoint</c> calls the step that the endpoint's name stands for: its result comes as
    /// JSON text under <c>Body</c>; a failure with the code <c>Timeout</c> is <c>States.Timeout</c>, any other an error of the model.
    /// </summary>
    /// <param name="steps">Answers the steps.</param>
    /// <param name="endpoints">Steps by name of the endpoint; an endpoint that is not in it stands for itself.</param>
    public static AslTaskHandler FromSteps(StepHandlerDelegate steps, IReadOnlyDictionary<string, string>? endpoints = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return async (task, _) => task.Resource switch
        {
            LambdaInvoke => await LambdaAsync(steps, task).ConfigureAwait(false),
            InvokeEndpoint => await EndpointAsync(steps, task, endpoints).ConfigureAwait(false),
            _ => throw new NotSupportedException($"The resource '{task.Resource}' of '{task.State}' is not simulated here; answer it in a handler of your own."),
        };
    }

    private static async ValueTask<AslTaskResult> LambdaAsync(StepHandlerDelegate steps, AslTask task)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        if (!arguments.RootElement.TryGetProperty("FunctionName", out _)
            || !arguments.RootElement.TryGetProperty("Payload", out var payload) || payload.ValueKind != JsonValueKind.Object
            || !payload.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.String)
        {
            throw new NotSupportedException($"'{task.State}' does not send {{\"FunctionName\": ..., \"Payload\": {{\"step\": ..., \"input\": ...}}}}: {task.Arguments}");
        }

        var name = step.GetString()!;
        var input = payload.TryGetProperty("input", out var value) ? value.GetRawText() : "null";
        var attempt = payload.TryGetProperty("attempt", out var number) && number.TryGetInt32(out var given) ? given : task.RetryCount + 1;
        var reply = await steps(new StepInvocation(name, input, attempt)).ConfigureAwait(false);
        var result = reply.Failure is { } failure
            ? AslTaskResult.Failure(failure.Code, JsonataJson.Write(new JsonataObject { ["errorType"] = failure.Code, ["errorMessage"] = failure.ToJson() }), reply.Duration)
            : AslTaskResult.Success($$"""{"ExecutedVersion":"$LATEST","Payload":{{reply.Output}},"StatusCode":200}""", reply.Duration);
        return result with { Call = (name, input, reply.Output, reply.Failure) };
    }

    private static async ValueTask<AslTaskResult> EndpointAsync(StepHandlerDelegate steps, AslTask task, IReadOnlyDictionary<string, string>? endpoints)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        if (!arguments.RootElement.TryGetProperty("EndpointName", out var endpoint) || endpoint.ValueKind != JsonValueKind.String
            || !arguments.RootElement.TryGetProperty("Body", out var body))
        {
            throw new NotSupportedException($"'{task.State}' does not send {{\"EndpointName\": ..., \"Body\": ...}}: {task.Arguments}");
        }

        var name = endpoints?.GetValueOrDefault(endpoint.GetString()!) ?? endpoint.GetString()!;
        var input = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
        var reply = await steps(new StepInvocation(name, input, task.RetryCount + 1)).ConfigureAwait(false);
        var result = reply.Failure switch
        {
            null => AslTaskResult.Success(
                JsonataJson.Write(new JsonataObject { ["Body"] = reply.Output, ["ContentType"] = "application/json", ["InvokedProductionVariant"] = "AllTraffic" }),
                reply.Duration),
            { Code: StepFailed.TimeoutCode } => AslTaskResult.Failure(AslError.TimedOut, null, reply.Duration),
            { Message: var message } => AslTaskResult.Failure("SageMakerRuntime.ModelErrorException", message, reply.Duration),
        };
        return result with { Call = (name, input, reply.Output, reply.Failure) };
    }
}
