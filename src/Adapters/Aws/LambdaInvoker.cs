using System.Buffers;
using Portable.Aws.Events;
using Portable.Aws.Events.Http;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// One function behind Lambda: event in, answer out, the same code for native and managed hosting. What fails is thrown; the host
/// tells Lambda in its own way.
/// </summary>
/// <param name="app">The application.</param>
/// <param name="function">The function.</param>
/// <param name="streams">Whether answers to requests are streamed: the host can, and what is in front of the function expects it.</param>
internal sealed class LambdaInvoker(PortableApp app, FunctionDefinition function, bool streams = false)
{
    private readonly FunctionInvoker _invoker = new(app);
    private readonly MessageEventReader? _readMessages = function is MessageFunction messages ? MessageEvents.ReaderOf(messages.Source) : null;
    private readonly string? _gatewayRoute = function is HttpFunction http ? HttpRequestEvent.GatewayRoute(http.Route) : null;

    /// <summary>Finds a function by name.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message lists the names.</exception>
    public static FunctionDefinition Find(PortableApp app, string? name)
    {
        if (name is not null && app.FindFunction(name) is { } found)
        {
            return found;
        }

        // SAM and the console call an executable's handler "bootstrap": it says nothing where there is one function to run.
        if (app.Functions.Count == 1 && (string.IsNullOrEmpty(name) || name.Equals("bootstrap", StringComparison.OrdinalIgnoreCase)))
        {
            return app.Functions[0];
        }

        throw NotFound(app, name);
    }

    /// <summary>Runs the function.</summary>
    /// <param name="payload">The event; must stay as it is until the task ends.</param>
    /// <param name="requestId">Lambda's id of the invocation.</param>
    /// <param name="deadline">When Lambda ends the invocation.</param>
    /// <param name="xrayTrace">X-Ray's trace header, where there is one.</param>
    /// <param name="output">Where the answer goes, once there is one.</param>
    /// <returns>
    /// <see langword="null"/> when the output has the whole answer; else the answer whose prelude it has and whose body the host streams.
    /// </returns>
    /// <exception cref="MalformedEventException">The event is not one for the function.</exception>
    /// <exception cref="LambdaStepFailure">The step failed.</exception>
    /// <exception cref="Exception">Whatever else the handler throws that its trigger does not turn into an answer.</exception>
    public ValueTask<HttpReply?> InvokeAsync(ReadOnlyMemory<byte> payload, string requestId, DateTimeOffset? deadline, string? xrayTrace, PostBuffer output) => function switch
    {
        HttpFunction http => HttpAsync(http, payload, requestId, deadline, xrayTrace, output),
        MessageFunction messages => MessagesAsync(messages, payload, requestId, deadline, xrayTrace, output),
        ScheduleFunction schedule => ScheduleAsync(schedule, payload, requestId, deadline, xrayTrace, output),
        StepsFunction steps => StepsAsync(steps, payload, requestId, deadline, xrayTrace, output),
        _ => throw new InvalidOperationException($"{function.GetType().Name} has no trigger that Lambda knows."),
    };

    private async ValueTask<HttpReply?> HttpAsync(HttpFunction http, ReadOnlyMemory<byte> payload, string requestId, DateTimeOffset? deadline, string? xrayTrace, PostBuffer output)
    {
        var request = HttpRequestEvent.Read(payload);
        var form = request.ReplyForm;
        var reply = request.Match(http, _gatewayRoute!);
        if (reply is null)
        {
            var context = Context(requestId, 1, deadline, request.TraceParent() ?? XRayTrace.ToTraceParent(xrayTrace));
            reply = await _invoker.InvokeAsync(http, request, context).ConfigureAwait(false);
        }

        if (request.Fault is { } fault)
        {
            await reply.DiscardAsync().ConfigureAwait(false);
            throw fault;
        }

        if (streams && form.CanStream)
        {
            HttpReplyJson.WritePrelude(output, reply);
            return reply;
        }

        HttpReplyJson.Write(output, reply.IsStreamed ? await reply.BufferAsync(form.MaxBytes).ConfigureAwait(false) : reply, form);
        return null;
    }

    private async ValueTask<HttpReply?> MessagesAsync(MessageFunction messages, ReadOnlyMemory<byte> payload, string requestId, DateTimeOffset? deadline, string? xrayTrace, PostBuffer output)
    {
        var batch = _readMessages!(payload, messages.Source, requestId);
        var context = Context(requestId, batch.Attempt, deadline, XRayTrace.ToTraceParent(xrayTrace));
        var outcome = await _invoker.InvokeAsync(messages, batch.Messages, context, batch.Ordered).ConfigureAwait(false);
        batch.WriteReply(output, outcome.Failed);
        return null;
    }

    private async ValueTask<HttpReply?> ScheduleAsync(ScheduleFunction schedule, ReadOnlyMemory<byte> payload, string requestId, DateTimeOffset? deadline, string? xrayTrace, PostBuffer output)
    {
        var scheduled = ScheduleEvent.Read(payload, app.Time);
        await _invoker.InvokeAsync(schedule, scheduled, Context(requestId, 1, deadline, XRayTrace.ToTraceParent(xrayTrace))).ConfigureAwait(false);
        output.Write("null"u8);
        return null;
    }

    private async ValueTask<HttpReply?> StepsAsync(StepsFunction steps, ReadOnlyMemory<byte> payload, string requestId, DateTimeOffset? deadline, string? xrayTrace, PostBuffer output)
    {
        if (app.Backend is IEventWaits waits && EventWaitRequest.TryParse(EventJson.WithoutMark(payload)) is { } wait)
        {
            var answer = await waits.WaitAsync(app, wait, CancellationToken.None).ConfigureAwait(false);
            output.Write(answer.Span);
            return null;
        }

        StepRequest request;
        try
        {
            request = StepRequest.Parse(EventJson.WithoutMark(payload));
        }
        catch (FormatException e)
        {
            throw new MalformedEventException(e.Message, e);
        }

        var context = Context(requestId, request.Attempt, deadline, XRayTrace.ToTraceParent(xrayTrace), request);
        if (request.Token is { } token && app.Backend is Workflows.AwsWorkflows engine)
        {
            await engine.CompleteAsync(token, HeartbeatOf(steps, request.Step), _invoker.InvokeAsync(steps, request, context).AsTask(), app.Time).ConfigureAwait(false);
            output.Write("null"u8);
            return null;
        }

        var outcome = await _invoker.InvokeAsync(steps, request, context).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            throw new LambdaStepFailure(failure);
        }

        output.Write(outcome.Output.Span);
        return null;
    }

    private static TimeSpan HeartbeatOf(StepsFunction steps, string name)
    {
        foreach (var step in steps.Steps)
        {
            if (step.Name == name)
            {
                return TimeSpan.FromSeconds(step.HeartbeatSeconds);
            }
        }

        return TimeSpan.Zero;
    }

    private static InvalidOperationException NotFound(PortableApp app, string? name)
    {
        var names = app.Functions.Count == 0 ? "none" : string.Join(", ", app.Functions.Select(static function => function.Name));
        return new($"The handler (_HANDLER) is '{name}', which names no function of this application. Its functions: {names}.");
    }

    private InvocationContext Context(string requestId, int attempt, DateTimeOffset? deadline, string? traceParent, StepRequest? step = null) =>
        new(app, function.Name, requestId, attempt, deadline, traceParent, runId: step?.RunId, idempotencyKey: step?.Key);
}
