using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>Makes the HTTP calls of a run: checks arguments, records the call, and turns the answer into a result or a raised error.</summary>
internal sealed class GoogleHttpCaller(GoogleWorld world, GoogleWorkflowOptions options)
{
    private const int ResponseLimit = 2 * 1024 * 1024;
    private static readonly string[] s_arguments = ["url", "method", "headers", "body", "query", "timeout", "auth", "private_service_name", "ca_certificate"];

    public List<SimulatedCall?> Calls { get; } = [];

    public async Task<object?> CallAsync(string step, string method, GoogleArguments arguments)
    {
        object? Argument(string name) => arguments.Only(s_arguments).Optional(name);
        var clock = world.Clock;
        var timeout = Argument("timeout") switch { null => 300, long seconds => seconds, double seconds => seconds, _ => throw GoogleError.Of("TypeError", "'timeout' is a number") };
        if (timeout is <= 0 or > 1800)
        {
            throw GoogleError.Of("ValueError", "'timeout' is at most 1800 seconds");
        }

        var request = new GoogleHttpRequest(
            step,
            method,
            Argument("url") as string ?? throw GoogleError.Of("TypeError", "'url' is a string"),
            arguments.Has("body") ? Argument("body") as string ?? GoogleJson.Write(Argument("body")) : null,
            GoogleJson.Write(Argument("headers") ?? new GoogleMap()),
            Argument("query") is { } query ? GoogleJson.Write(query) : null,
            Argument("auth") is { } auth ? GoogleJson.Write(auth) : null,
            timeout)
        {
            Callbacks = new GoogleCallbacks(world, options.ExecutionId),
            Workflow = options.WorkflowId,
        };
        var at = clock.Elapsed;
        var slot = Calls.Count;
        Calls.Add(null);
        var reply = await world.Http(request, world.Cancellation).ConfigureAwait(false);
        var timedOut = reply.Duration > TimeSpan.FromSeconds(timeout);
        await clock.DelayAsync(timedOut ? TimeSpan.FromSeconds(timeout) : reply.Duration).ConfigureAwait(false);
        var failed = timedOut || reply.Refused is not null || reply.Code is < 200 or >= 400;
        var failure = timedOut ? new StepFailure(StepFailed.TimeoutCode, "No answer within the timeout of the call.")
            : failed ? reply.Call?.Failure ?? FailureText.Find(reply.Body) ?? new StepFailure($"Http{reply.Code}", reply.Refused ?? reply.Body ?? "")
            : null;
        if (reply.IsCall)
        {
            Calls[slot] = new SimulatedCall(
                reply.Call?.Name ?? step, reply.Call?.Input ?? request.Body ?? "null", reply.Call?.Attempt ?? 1, at, failed ? null : reply.Call?.Output ?? reply.Body, failure)
            {
                Key = reply.Call?.Key,
            };
        }

        return Result(request, reply, timedOut);
    }

    private static GoogleMap Result(GoogleHttpRequest request, GoogleHttpReply reply, bool timedOut)
    {
        if (timedOut)
        {
            throw GoogleError.Of("TimeoutError", $"no answer from {request.Url} within {request.TimeoutSeconds} seconds");
        }

        if (reply.Refused is { } reason)
        {
            throw GoogleError.Of("ConnectionError", reason);
        }

        if (reply.Body is not null && Encoding.UTF8.GetByteCount(reply.Body) > ResponseLimit)
        {
            throw GoogleError.Of("ResourceLimitError", "a response has at most 2 MB");
        }

        var headers = new GoogleMap { ["content-type"] = reply.ContentType };
        if (reply.Code is >= 200 and < 400)
        {
            return new GoogleMap { ["body"] = Body(reply), ["code"] = (long)reply.Code, ["headers"] = headers };
        }

        throw new GoogleError(new GoogleMap
        {
            ["message"] = $"HTTP server responded with error code {reply.Code}",
            ["code"] = (long)reply.Code,
            ["tags"] = new List<object?> { "HttpError" },
            ["headers"] = headers,
            ["body"] = Body(reply),
        });
    }

    private static object? Body(GoogleHttpReply reply)
    {
        if (reply.Body is null || !reply.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return reply.Body;
        }

        try
        {
            return GoogleJson.Parse(reply.Body);
        }
        catch (JsonException)
        {
            throw GoogleError.Of("ResponseTypeError", "the body is not JSON, unlike its content type");
        }
    }
}
