using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// The pipeline between an adapter's envelope and a handler, one for every cloud: errors become answers, failures are logged,
/// the invocation's services are disposed.
/// </summary>
public sealed class FunctionInvoker(PortableApp app)
{
    /// <summary>Calls an HTTP handler. Never throws for what the handler does: an exception becomes 500 with a problem.</summary>
    public async ValueTask<HttpReply> InvokeAsync(HttpFunction function, HttpEnvelope request, InvocationContext context)
    {
        app.TryStartExporter();
        context.Enter(request);
        var span = context.Begin(app.Telemetry?.Http(function, request, context));
        HttpReply? reply = null;
        var streamed = false;
        try
        {
            if (!app.IsReady(function))
            {
                await app.StartAsync(function, cancellationToken: context.CancellationToken).ConfigureAwait(false);
            }

            var call = new HttpCall(request, context);
            var refusal = function.Authorization is { } authorization ? await authorization.CheckAsync(call, app.Time).ConfigureAwait(false) : null;
            reply = refusal ?? await function.Handler(call).ConfigureAwait(false);
            streamed = reply.IsStreamed;
            return reply = streamed ? reply.Within(this, function, context) : reply;
        }
        catch (OperationCanceledException e) when (context.DeadlineReached)
        {
            span?.Failed(e, timedOut: true);
            return reply = DeadlineReached(function, context);
        }
        catch (Exception e)
        {
            HandlerFailed(function, context, e);
            return reply = HttpReply.Problem(500, "The function failed.");
        }
        finally
        {
            span?.Answered(reply?.StatusCode ?? 500);
            if (!streamed)
            {
                await context.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Calls a handler of messages. Returns the messages that failed; when the handler of a batch throws, all of them.
    /// </summary>
    public async ValueTask<MessageOutcome> InvokeAsync(MessageFunction function, IReadOnlyList<ReceivedMessage> messages, InvocationContext context, bool ordered = false)
    {
        app.TryStartExporter();
        if (messages.Count == 1)
        {
            context.Enter(messages[0]);
        }

        context.Begin(app.Telemetry?.Delivery(function, messages, context));
        var screened = MessageScreen.Of(function.Source, messages);
        var letters = DeadLetters.Of(app, function, context);
        var call = new MessageCall(screened.Taken, context, ordered || function.Source.Ordered)
        {
            OnFailure = (message, e) => MessageFailed(function, context, message, e),
            DeadLetters = letters,
            Source = function.Source,
        };
        try
        {
            var outcome = await HandleAsync(function, messages, screened, call).ConfigureAwait(false);
            return letters is null || context.Aborted ? outcome : await letters.SettleAsync(messages, outcome).ConfigureAwait(false);
        }
        finally
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<MessageOutcome> HandleAsync(MessageFunction function, IReadOnlyList<ReceivedMessage> messages, MessageScreen screened, MessageCall call)
    {
        try
        {
            if (!app.IsReady(function))
            {
                await app.StartAsync(function, cancellationToken: call.Context.CancellationToken).ConfigureAwait(false);
            }

            var result = screened.Taken.Count == 0 ? BatchResult.Success : await function.Handler(call).ConfigureAwait(false);
            var outcome = new MessageOutcome(screened.With(result.Failed), screened.With(call.Poison));
            foreach (var poison in outcome.Poison)
            {
                Log.MessagePoisoned(Logger(call.Context), function.Name, poison.Id, poison.Reason ?? "");
            }

            if (outcome.Failed.Count > 0 || call.FailureType is not null)
            {
                call.Context.Span?.Failed(call.FailureType ?? "message_failed", call.Context.DeadlineReached);
            }

            return outcome;
        }
        catch (Exception e)
        {
            HandlerFailed(function, call.Context, e);
            var reason = $"{e.GetType().Name}: {e.Message}";
            return new MessageOutcome([.. messages.Select(message => new FailedMessage(message.Id, reason))], screened.With(call.Poison));
        }
    }

    /// <summary>Calls a schedule handler. Its exception is logged and thrown on: the platform counts the failure and may try again.</summary>
    public async ValueTask InvokeAsync(ScheduleFunction function, ScheduledEvent scheduled, InvocationContext context)
    {
        app.TryStartExporter();
        context.Begin(app.Telemetry?.Schedule(function, context));
        try
        {
            if (!app.IsReady(function))
            {
                await app.StartAsync(function, cancellationToken: context.CancellationToken).ConfigureAwait(false);
            }

            await function.Handler(new ScheduleCall(scheduled, context)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            HandlerFailed(function, context, e);
            throw;
        }
        finally
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Calls one step of a workflow, once.</summary>
    public async ValueTask<StepOutcome> InvokeAsync(StepsFunction function, StepRequest request, InvocationContext context)
    {
        InvocationScope.Enter(context); // the step runner watches; what is logged here belongs to the invocation all the same
        app.TryStartExporter();
        try
        {
            if (!app.IsReady(function))
            {
                await app.StartAsync(function, cancellationToken: context.CancellationToken).ConfigureAwait(false);
            }

            foreach (var step in function.Steps)
            {
                if (step.Name == request.Step)
                {
                    var outcome = await StepRunner.RunAsync(step, request.Input, context, app.Time).ConfigureAwait(false);
                    if (outcome.Failure is { } failure)
                    {
                        Log.StepFailed(Logger(context), function.Name, step.Name, failure.Code, failure.Message);
                    }

                    return outcome;
                }
            }

            return new StepOutcome(default, new StepFailure("UnknownStep", $"'{function.Name}' has no step '{request.Step}'."));
        }
        catch (InvalidOperationException e) // of the start: what a step throws is an outcome already
        {
            HandlerFailed(function, context, e);
            return new StepOutcome(default, StepFailure.From(e));
        }
        finally
        {
            await context.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ILogger Logger(InvocationContext context) => app.CreateLogger("Portable", context);

    // Methods of their own: what a failure needs, such as the logging assembly, is not loaded by an invocation that succeeds.
    private HttpReply DeadlineReached(FunctionDefinition function, InvocationContext context)
    {
        Log.DeadlineReached(Logger(context), function.Name, context.InvocationId);
        return HttpReply.Problem(504, "The function did not finish in time.");
    }

    internal void HandlerFailed(FunctionDefinition function, InvocationContext context, Exception exception)
    {
        context.Span?.Failed(exception, context.DeadlineReached);
        Log.HandlerFailed(Logger(context), function.Name, context.InvocationId, exception);
    }

    private void MessageFailed(FunctionDefinition function, InvocationContext context, ReceivedMessage message, Exception exception) =>
        Log.MessageFailed(Logger(context), function.Name, message.Id, exception);
}

/// <summary>What became of a delivery.</summary>
/// <param name="Failed">The messages that failed, the poison ones included.</param>
/// <param name="Poison">The messages that can never succeed; where the cloud allows it they go to the dead letters at once.</param>
public readonly record struct MessageOutcome(IReadOnlyList<FailedMessage> Failed, IReadOnlyList<FailedMessage> Poison)
{
    private readonly IReadOnlyList<FailedMessage>? _deadLettered;

    /// <summary>The messages that were given up and are in the function's dead letter queue: done, as far as the source is concerned.</summary>
    public IReadOnlyList<FailedMessage> DeadLettered
    {
        get => _deadLettered ?? [];
        init => _deadLettered = value;
    }

    /// <summary>Whether every message is done.</summary>
    public bool Succeeded => Failed.Count == 0;
}
