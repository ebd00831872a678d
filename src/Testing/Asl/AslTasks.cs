using System.Text.Json;
using Portable.Runtime;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>Answers the tasks of Portable's emitted machines from step handlers.</summary>
public static class AslTasks
{
    private const string LambdaInvoke = "arn:aws:states:::lambda:invoke";
    private const string LambdaToken = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    private const string InvokeEndpoint = "arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint";
    private const string HttpInvoke = "arn:aws:states:::http:invoke";
    private const string PutEvents = "arn:aws:states:::events:putEvents";
    private const string StartExecution = "arn:aws:states:::states:startExecution.sync:2";

    /// <summary>After how long an HTTP task gives up (developer guide, error names: <c>States.Http.Socket</c>).</summary>
    private static readonly TimeSpan s_httpLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>lambda:invoke</c> with the payload <c>{"step", "input", ...}</c> calls that step: its result comes under <c>Payload</c>, its failure is a
    /// Lambda error whose type is the failure's code. <c>lambda:invoke.waitForTaskToken</c> with <c>{"event", "token", ...}</c> waits for the scripted event
    /// (<see cref="AslOptions.Events"/>), with <c>{"step", "token", ...}</c> it calls the step, which gives signs of life while it runs. <c>invokeEndpoint</c>
    /// and <c>http:invoke</c> call the step that the endpoint stands for: its result comes as JSON text under <c>Body</c>, or as JSON under
    /// <c>ResponseBody</c>; a failure with the code <c>Timeout</c> is <c>States.Timeout</c>, or <c>States.Http.Socket</c> after 60 seconds, any other an error of
    /// the model or a status of 500. <c>events:putEvents</c> records what is published.
    /// </summary>
    /// <param name="steps">Answers the steps.</param>
    /// <param name="endpoints">Steps by name or address of the endpoint; an endpoint that is not in it stands for itself.</param>
    public static AslTaskHandler FromSteps(StepHandlerDelegate steps, IReadOnlyDictionary<string, string>? endpoints = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return async (task, _) => task.Resource switch
        {
            LambdaInvoke => await LambdaAsync(steps, task).ConfigureAwait(false),
            LambdaToken => await WaitingAsync(steps, task).ConfigureAwait(false),
            InvokeEndpoint => await EndpointAsync(steps, task, endpoints).ConfigureAwait(false),
            HttpInvoke => await HttpAsync(steps, task, endpoints).ConfigureAwait(false),
            PutEvents => Publish(task),
            StartExecution => throw new NotSupportedException($"'{task.State}' starts a machine that was not given: name it in AslOptions.Children. {task.Arguments}"),
            _ => throw new NotSupportedException($"The resource '{task.Resource}' of '{task.State}' is not simulated here; answer it in a handler of your own."),
        };
    }

    private static async ValueTask<AslTaskResult> LambdaAsync(StepHandlerDelegate steps, AslTask task)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        var call = Invocation(task, Payload(task, arguments.RootElement));
        var reply = await steps(call).ConfigureAwait(false);
        var result = reply.Failure is { } failure
            ? AslTaskResult.Failure(failure.Code, JsonataJson.Write(new JsonataObject { ["errorType"] = failure.Code, ["errorMessage"] = failure.ToJson() }), reply.Duration)
            : AslTaskResult.Success($$"""{"ExecutedVersion":"$LATEST","Payload":{{reply.Output}},"StatusCode":200}""", reply.Duration);
        return result with { Call = (call.Step, call.Input, reply.Output, reply.Failure, call.Key) };
    }

    private static async ValueTask<AslTaskResult> WaitingAsync(StepHandlerDelegate steps, AslTask task)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        var payload = Payload(task, arguments.RootElement);
        if (!payload.TryGetProperty("token", out var token) || token.GetString() != task.Token!.Value)
        {
            throw new NotSupportedException($"'{task.State}' does not send its token, so nobody could end it: {task.Arguments}");
        }

        if (payload.TryGetProperty("event", out var name))
        {
            task.Token.SucceedWithEvent(name.GetString()!);
            return AslTaskResult.Success("null") with { IsCall = false };
        }

        // The step runs in the function that was called; signs of life come more often than any heartbeat, and the result comes with the token.
        var call = Invocation(task, payload);
        var reply = await steps(call).ConfigureAwait(false);
        for (var beat = TimeSpan.FromSeconds(1); beat < reply.Duration; beat += TimeSpan.FromSeconds(1))
        {
            task.Token.Heartbeat(beat);
        }

        if (reply.Failure is { } failure)
        {
            task.Token.Fail(failure.Code, failure.ToJson(), reply.Duration);
        }
        else
        {
            task.Token.Succeed(reply.Output!, reply.Duration);
        }

        return AslTaskResult.Success("null") with { Call = (call.Step, call.Input, reply.Output, reply.Failure, call.Key) };
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
        return result with { Call = (name, input, reply.Output, reply.Failure, null) };
    }

    private static async ValueTask<AslTaskResult> HttpAsync(StepHandlerDelegate steps, AslTask task, IReadOnlyDictionary<string, string>? endpoints)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        var request = arguments.RootElement;
        if (!request.TryGetProperty("ApiEndpoint", out var endpoint) || !request.TryGetProperty("Method", out _)
            || !(request.TryGetProperty("Authentication", out var authentication) || request.TryGetProperty("InvocationConfig", out authentication))
            || !authentication.TryGetProperty("ConnectionArn", out _))
        {
            throw new NotSupportedException($"'{task.State}' does not send {{\"ApiEndpoint\": ..., \"Method\": ..., \"Authentication\": {{\"ConnectionArn\": ...}}}}: {task.Arguments}");
        }

        var name = endpoints?.GetValueOrDefault(endpoint.GetString()!) ?? endpoint.GetString()!;
        var input = request.TryGetProperty("RequestBody", out var body) ? body.GetRawText() : "null";
        var reply = await steps(new StepInvocation(name, input, task.RetryCount + 1)).ConfigureAwait(false);
        var result = reply.Failure switch
        {
            null when reply.Duration <= s_httpLimit => AslTaskResult.Success(
                $$"""{"Headers":{"Content-Type":["application/json"]},"ResponseBody":{{reply.Output}},"StatusCode":200,"StatusText":"OK"}""", reply.Duration),
            null or { Code: StepFailed.TimeoutCode } => AslTaskResult.Failure("States.Http.Socket", "The endpoint did not answer within 60 seconds.", s_httpLimit),
            { Message: var message } => AslTaskResult.Failure("States.Http.StatusCode.500", message, reply.Duration),
        };
        return result with { Call = (name, input, reply.Output, reply.Failure, null) };
    }

    private static AslTaskResult Publish(AslTask task)
    {
        using var arguments = JsonDocument.Parse(task.Arguments);
        if (!arguments.RootElement.TryGetProperty("Entries", out var entries) || entries.ValueKind != JsonValueKind.Array || entries.GetArrayLength() is 0 or > 10)
        {
            throw new NotSupportedException($"'{task.State}' does not send 1 to 10 \"Entries\": {task.Arguments}");
        }

        var published = entries.EnumerateArray().Select(entry => Published(task, entry)).ToList();
        var ids = string.Join(',', published.Select(static (_, i) => $$"""{"EventId":"event-{{i + 1}}"}"""));
        return AslTaskResult.Success($$"""{"Entries":[{{ids}}],"FailedEntryCount":0}""") with { IsCall = false, Published = published };
    }

    private static SimulatedPublication Published(AslTask task, JsonElement entry)
    {
        string? Text(string member) => entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (Text("DetailType") is not { } type || Text("Source") is not { } source || !entry.TryGetProperty("Detail", out var detail))
        {
            throw new NotSupportedException($"'{task.State}' publishes an entry without \"Detail\", \"DetailType\" or \"Source\": {task.Arguments}");
        }

        return new SimulatedPublication(type, detail.ValueKind == JsonValueKind.String ? detail.GetString()! : detail.GetRawText(), default, Text("EventBusName") ?? "default", source);
    }

    private static JsonElement Payload(AslTask task, JsonElement arguments) =>
        arguments.TryGetProperty("FunctionName", out _) && arguments.TryGetProperty("Payload", out var payload) && payload.ValueKind == JsonValueKind.Object
            ? payload
            : throw new NotSupportedException($"'{task.State}' does not send {{\"FunctionName\": ..., \"Payload\": {{...}}}}: {task.Arguments}");

    private static StepInvocation Invocation(AslTask task, JsonElement payload)
    {
        if (!payload.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.String)
        {
            throw new NotSupportedException($"'{task.State}' does not send the payload {{\"step\": ..., \"input\": ...}}: {task.Arguments}");
        }

        return new StepInvocation(
            step.GetString()!,
            payload.TryGetProperty("input", out var value) ? value.GetRawText() : "null",
            payload.TryGetProperty("attempt", out var number) && number.TryGetInt32(out var given) ? given : task.RetryCount + 1)
        {
            Key = payload.TryGetProperty("key", out var key) && key.ValueKind != JsonValueKind.Null ? (key.ValueKind == JsonValueKind.String ? key.GetString() : key.GetRawText()) : null,
        };
    }
}
