using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Gcp;

/// <summary>
/// One function behind Google Cloud's HTTP contract, for both hostings: the native host gives it every request, and emitted
/// <c>IHttpFunction</c> and <c>ICloudEventFunction</c> classes hand it what the vendor's framework received. Safe for concurrent use.
/// </summary>
public sealed class GcpFunction
{
    internal const string SchedulerEventType = "google.cloud.scheduler.job.v1.executed";

    private readonly PortableApp _app;
    private readonly FunctionDefinition _function;
    private readonly FunctionInvoker _invoker;
    private readonly HttpFunctionHandler? _http;
    private readonly DeliveryReader? _read;

    /// <summary>Takes a function of the application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The name of the function, ignoring case.</param>
    /// <exception cref="InvalidOperationException">There is no such function; the message names those that there are.</exception>
    public GcpFunction(PortableApp app, string functionName)
        : this(app, app.FindFunction(functionName) ?? throw new InvalidOperationException($"There is no function '{functionName}'; there is {Choices(app)}."))
    {
    }

    internal GcpFunction(PortableApp app, FunctionDefinition function)
    {
        _app = app.WithTelemetry();
        _function = function;
        _invoker = new FunctionInvoker(app);
        _http = function is HttpFunction http ? new HttpFunctionHandler(app, [http]) : null;
        _read = function is MessageFunction messages ? Sources.ReaderOf(messages.Source) : null;
    }

    /// <summary>The name of the function.</summary>
    public string Name => _function.Name;

    /// <summary>Answers one request, whatever the trigger of the function.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (_http is not null)
        {
            await _http.HandleAsync(context, InvocationId(TraceHeaders.TraceParent(context.Request.Headers))).ConfigureAwait(false);
            return;
        }

        var reply = HttpMethods.IsPost(context.Request.Method)
            ? await AnswerAsync(context).ConfigureAwait(false)
            : HttpReply.Problem(405, $"{Name} is started by POST requests.", headers: [new("Allow", "POST")]);
        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    /// <summary>Handles an event that the vendor's framework has parsed.</summary>
    /// <param name="attributes">The event's attributes, extensions included, by their names and in the form that CloudEvents writes them in.</param>
    /// <param name="data">Its data: a <see cref="JsonElement"/>, a JSON text, or its bytes.</param>
    /// <param name="cancellationToken">Cancelled when the caller is gone.</param>
    /// <exception cref="EventFailedException">The event was not handled and must be delivered again.</exception>
    public async Task HandleEventAsync(IEnumerable<KeyValuePair<string, string>> attributes, object? data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        HttpReply reply;
        var builder = new CloudEventBuilder();
        try
        {
            builder.Set("specversion", "1.0"); // the framework's events have a version of their own, which is no attribute
            foreach (var (name, value) in attributes)
            {
                if (name != "specversion")
                {
                    builder.Set(name, value);
                }
            }

            reply = await HandleAsync(Delivery.Of(builder.Build(Bytes(data))), invocationId: null, traceParent: null, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudEventException e)
        {
            throw new EventFailedException($"{Name} cannot take the event: {e.Message}", e);
        }

        if (reply.StatusCode >= 300)
        {
            throw new EventFailedException($"{Name} failed for the event.");
        }
    }

    internal static string Choices(PortableApp app) =>
        app.Functions.Count == 0 ? "none" : string.Join(", ", app.Functions.Select(static function => function.Name));

    private async ValueTask<HttpReply> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (await RequestBody.ReadAsync(request, cancellationToken: context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpReply.Problem(413, $"The body is larger than {RequestBody.DefaultLimit} bytes.");
        }

        var trace = TraceHeaders.TraceParent(request.Headers);
        try
        {
            if (_function is StepsFunction steps)
            {
                return await RunStepAsync(steps, body, InvocationId(trace), trace, context.RequestAborted).ConfigureAwait(false);
            }

            // Cloud Scheduler's HTTP targets send what the job says, mostly nothing.
            return _function is ScheduleFunction schedule && !CloudEventReader.IsCloudEvent(request.ContentType, request.Headers)
                ? await FireAsync(schedule, SchedulerTime(request), InvocationId(trace), trace, context.RequestAborted).ConfigureAwait(false)
                : await HandleAsync(Delivery.Read(request.ContentType, request.Headers, body), InvocationId(trace), trace, context.RequestAborted).ConfigureAwait(false);
        }
        catch (CloudEventException e)
        {
            return HttpReply.Problem(e.StatusCode, e.Message);
        }
    }

    private ValueTask<HttpReply> HandleAsync(Delivery delivery, string? invocationId, string? traceParent, CancellationToken aborted)
    {
        traceParent = delivery.TraceParent ?? traceParent;
        invocationId = delivery.Event?.Id ?? invocationId ?? delivery.Id;
        return _function switch
        {
            MessageFunction messages => DeliverAsync(messages, delivery, invocationId, traceParent, aborted),
            ScheduleFunction schedule when delivery.Event is { Type: SchedulerEventType } executed => FireAsync(schedule, executed.Time, invocationId, traceParent, aborted),
            ScheduleFunction schedule when delivery.Message is { } tick => FireAsync(schedule, tick.PublishTime, invocationId, traceParent, aborted),
            _ => throw Sources.WrongType(delivery, SchedulerEventType),
        };
    }

    private async ValueTask<HttpReply> DeliverAsync(MessageFunction function, Delivery delivery, string invocationId, string? traceParent, CancellationToken aborted)
    {
        if (_read!(function.Source, delivery) is not { } message)
        {
            return HttpReply.Status(204); // not what the function asked for, and done with that
        }

        // Of an event inside of a message, the reader knows the attributes by their own names.
        traceParent = message.Attributes?.GetValueOrDefault("traceparent") ?? traceParent;
        var context = NewContext(invocationId, message.DeliveryCount, traceParent, aborted);
        var outcome = await _invoker.InvokeAsync(function, [message], context).ConfigureAwait(false);

        // Pub/Sub knows only done or not done; what can never succeed has gone to the function's dead letters by now, or leaves by the subscription's.
        return outcome.Succeeded ? HttpReply.Status(204) : HttpReply.Problem(500, "The message was not handled; it is to be delivered again.");
    }

    private async ValueTask<HttpReply> FireAsync(ScheduleFunction schedule, DateTimeOffset? due, string invocationId, string? traceParent, CancellationToken aborted)
    {
        try
        {
            await _invoker.InvokeAsync(schedule, new ScheduledEvent(due ?? _app.Time.GetUtcNow()), NewContext(invocationId, 1, traceParent, aborted)).ConfigureAwait(false);
            return HttpReply.Status(204);
        }
        catch (Exception)
        {
            // Logged by the invoker; the scheduler tries again by its own policy.
            return HttpReply.Problem(500, "The function failed.");
        }
    }

    private async ValueTask<HttpReply> RunStepAsync(StepsFunction steps, ReadOnlyMemory<byte> body, string invocationId, string? traceParent, CancellationToken aborted)
    {
        if (_app.Backend is IEventWaits waits && EventWaitRequest.TryParse(body) is { } wait)
        {
            return HttpReply.JsonText(200, await waits.WaitAsync(_app, wait, aborted).ConfigureAwait(false));
        }

        StepRequest request;
        try
        {
            request = StepRequest.Parse(body);
        }
        catch (FormatException e)
        {
            return HttpReply.Problem(400, e.Message);
        }

        var outcome = await _invoker.InvokeAsync(steps, request, NewContext(invocationId, request.Attempt, traceParent, aborted, request)).ConfigureAwait(false);
        return outcome.Failure is { } failure
            ? HttpReply.JsonText(422, Encoding.UTF8.GetBytes(failure.ToJson()))
            : HttpReply.JsonText(200, outcome.Output);
    }

    private InvocationContext NewContext(string invocationId, int attempt, string? traceParent, CancellationToken aborted, StepRequest? step = null) =>
        new(_app, Name, invocationId, attempt, Deadlines.Of(_function, _app.Time), traceParent, aborted, step?.RunId, step?.Key);

    /// <summary>When Cloud Scheduler was due. The header is documented for its HTTP targets but was not seen on a live request: unverified.</summary>
    private static DateTimeOffset? SchedulerTime(HttpRequest request) =>
        DateTimeOffset.TryParse(request.Headers["X-CloudScheduler-ScheduleTime"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The trace stands in for an identifier that the platform does not send; without one, a new identifier.</summary>
    private static string InvocationId(string? trace) => trace is { Length: >= 35 } ? trace[3..35] : Guid.NewGuid().ToString("n");

    private static ReadOnlyMemory<byte> Bytes(object? data) => data switch
    {
        null => default,
        JsonElement json => Encoding.UTF8.GetBytes(json.GetRawText()),
        string text => Encoding.UTF8.GetBytes(text),
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> memory => memory,
        _ => throw new EventFailedException($"The data of the event is a {data.GetType().Name}; JSON or bytes are expected."),
    };
}
