using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>Answers the HTTP calls of Portable's emitted workflows from step handlers.</summary>
public static class GoogleHttp
{
    /// <summary>
    /// A POST of <c>{"step", "input", ...}</c> calls that step and answers 200 with its result, or 422 with its failure. A POST to the address of an
    /// endpoint calls the step it stands for with the body as payload; a failure with the code <c>Timeout</c> never answers, any other answers 500.
    /// A POST of <c>{"event", "run", "callback"}</c> asks for an event: the answer has its payload if it has been raised, else it comes by the callback.
    /// </summary>
    /// <param name="steps">Answers the steps.</param>
    /// <param name="endpoints">Steps by address of the endpoint.</param>
    public static GoogleHttpHandler FromSteps(StepHandlerDelegate steps, IReadOnlyDictionary<string, string>? endpoints = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return async (request, _) => request.Method != "POST" || request.Body is null
            ? throw new NotSupportedException($"'{request.Step}' sends {request.Method} {request.Url}; only a POST with a body is answered here.")
            : endpoints is not null && endpoints.TryGetValue(request.Url, out var step)
                ? await EndpointAsync(steps, request, step).ConfigureAwait(false)
                : await StepAsync(steps, request).ConfigureAwait(false);
    }

    private static async ValueTask<GoogleHttpReply> StepAsync(StepHandlerDelegate steps, GoogleHttpRequest request)
    {
        using var body = JsonDocument.Parse(request.Body!);
        if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("event", out var happens) && body.RootElement.TryGetProperty("callback", out var callback))
        {
            var expired = body.RootElement.TryGetProperty("expired", out var said) && said.ValueKind == JsonValueKind.True;
            return Event(request, happens.GetString()!, callback.GetString()!, expired);
        }

        if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.String)
        {
            throw new NotSupportedException($"'{request.Step}' does not send {{\"step\": ..., \"input\": ...}} to {request.Url}: {request.Body}");
        }

        var name = step.GetString()!;
        var input = body.RootElement.TryGetProperty("input", out var value) ? value.GetRawText() : "null";
        var attempt = body.RootElement.TryGetProperty("attempt", out var number) && number.TryGetInt32(out var given) ? given : 1;
        var key = !body.RootElement.TryGetProperty("key", out var sent) || sent.ValueKind == JsonValueKind.Null ? null
            : sent.ValueKind == JsonValueKind.String ? sent.GetString()
            : sent.GetRawText();
        var reply = await steps(new StepInvocation(name, input, attempt) { Key = key }).ConfigureAwait(false);
        var answer = reply.Failure is { } failure
            ? GoogleHttpReply.Response(422, failure.ToJson(), duration: reply.Duration)
            : GoogleHttpReply.Response(200, reply.Output, duration: reply.Duration);
        return answer with { Call = (name, input, attempt, reply.Output, reply.Failure, key) };
    }

    private static GoogleHttpReply Event(GoogleHttpRequest request, string name, string callback, bool expired)
    {
        var payload = expired ? request.Callbacks.Withdraw(callback) : request.Callbacks.TakeEvent(name);
        if (payload is null && !expired)
        {
            request.Callbacks.PostEvent(callback, name);
        }

        return GoogleHttpReply.Response(200, payload is null ? """{"raised":false}""" : $$"""{"raised":true,"payload":{{payload}}}""") with { IsCall = false };
    }

    private static async ValueTask<GoogleHttpReply> EndpointAsync(StepHandlerDelegate steps, GoogleHttpRequest request, string step)
    {
        var reply = await steps(new StepInvocation(step, request.Body!, 1)).ConfigureAwait(false);
        var answer = reply.Failure switch
        {
            null => GoogleHttpReply.Response(200, reply.Output, duration: reply.Duration),
            { Code: StepFailed.TimeoutCode } => GoogleHttpReply.Response(200, "null", duration: TimeSpan.FromSeconds(request.TimeoutSeconds) + TimeSpan.FromTicks(1)),
            { Message: var message } => GoogleHttpReply.Response(500, GoogleJson.Write(new GoogleMap { ["error"] = message }), duration: reply.Duration),
        };
        return answer with { Call = (step, request.Body!, 1, reply.Output, reply.Failure, null) };
    }
}
