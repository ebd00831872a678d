using Microsoft.Extensions.Primitives;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Azure;

/// <summary>
/// One function behind the Functions host, for both hostings: emitted isolated-worker wrappers and the native custom handler hand it the
/// parts of an invocation. Safe for concurrent use.
/// </summary>
public sealed class AzureFunction
{
    /// <summary>What Azure Functions takes of a request (documentation: "Azure Functions HTTP trigger", limits), held to for answers too: 100 MB.</summary>
    private const int LongestAnswer = 104_857_600;

    private readonly PortableApp _app;
    private readonly FunctionDefinition _function;
    private readonly FunctionInvoker _invoker;
    private readonly RouteTable? _route;
    private readonly Func<string, string?> _environment;

    /// <summary>Takes a function of the application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The name of the function, ignoring case.</param>
    /// <exception cref="InvalidOperationException">There is no such function; the message names those that there are.</exception>
    public AzureFunction(PortableApp app, string functionName)
        : this(app, app.FindFunction(functionName) ?? throw new InvalidOperationException(
            $"There is no function '{functionName}'; there is {string.Join(", ", app.Functions.Select(static function => function.Name))}."))
    {
    }

    internal AzureFunction(PortableApp app, FunctionDefinition function, Func<string, string?>? environment = null)
    {
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _app = app.WithTelemetry();
        _function = function;
        _invoker = new FunctionInvoker(app);
        _route = function is HttpFunction http ? new RouteTable([http]) : null;
    }

    internal FunctionDefinition Definition => _function;

    /// <summary>Calls an HTTP function. A streamed answer is buffered whole.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The whole URL; the function's route is matched against its path.</param>
    /// <param name="headers">One pair per value.</param>
    /// <param name="body">The body.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C trace context, where the host says so.</param>
    /// <param name="cancellationToken">Cancelled when the caller is gone or the host stops.</param>
    /// <exception cref="InvalidOperationException">The function has another trigger.</exception>
    public async Task<HttpReply> InvokeHttpAsync(
        string method,
        Uri url,
        IEnumerable<KeyValuePair<string, string>> headers,
        Stream body,
        string invocationId,
        string? traceParent,
        CancellationToken cancellationToken)
    {
        return await RequestBody.ReadUnknownLengthAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false) is { } bytes
            ? await InvokeHttpAsync(method, url, UrlEnvelope.Headers(headers), bytes, invocationId, traceParent, cancellationToken).ConfigureAwait(false)
            : HttpReply.Problem(413, $"The body is larger than {RequestBody.DefaultLimit} bytes.");
    }

    /// <summary>Calls a function of messages with what one trigger value holds: a queue's message, an event, a batch of documents.</summary>
    /// <inheritdoc cref="InvokeMessagesAsync(IReadOnlyList{string}, IReadOnlyDictionary{string, object?}, int, string, string?, CancellationToken)"/>
    public Task InvokeMessagesAsync(
        string payload, IReadOnlyDictionary<string, object?> bindingData, int retryCount, string invocationId, string? traceParent, CancellationToken cancellationToken) =>
        InvokeMessagesAsync([payload], bindingData, retryCount, invocationId, traceParent, cancellationToken);

    /// <summary>Calls a function of messages: of a queue, an event hub, Event Grid, the Cosmos DB change feed or IoT Hub.</summary>
    /// <param name="payloads">The trigger's values; several for a batch of Event Hubs.</param>
    /// <param name="bindingData">What the host tells beside them; for a queue <c>Id</c>, <c>DequeueCount</c>, <c>InsertionTime</c>.</param>
    /// <param name="retryCount">How often the host's retry policy has run this invocation before; 0 without one.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C trace context, where the host says so.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <exception cref="MessageFailedException">A message was not handled, and the host must deliver again what it delivered.</exception>
    /// <exception cref="InvalidOperationException">The function has another trigger.</exception>
    public async Task InvokeMessagesAsync(
        IReadOnlyList<string> payloads, IReadOnlyDictionary<string, object?> bindingData, int retryCount, string invocationId, string? traceParent, CancellationToken cancellationToken)
    {
        var function = Expect<MessageFunction>("message");
        var messages = MessagePayloads.Read(function.Source, payloads, new BindingData(bindingData), invocationId, retryCount + 1, _environment);
        if (messages.Count == 0)
        {
            return; // nothing that the function asked for
        }

        var outcome = await _invoker.InvokeAsync(function, messages, NewContext(invocationId, messages[0].DeliveryCount, traceParent, cancellationToken)).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw MessageFailedException.Of(function.Name, messages.Count, outcome.Failed);
        }
    }

    /// <summary>Calls a schedule function. The host does not tell when it was due, so the time is that of the call.</summary>
    /// <param name="retryCount">How often the host's retry policy has run this invocation before; 0 without one.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C trace context, where the host says so.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <exception cref="InvalidOperationException">The function has another trigger, or the function app has another time zone.</exception>
    /// <exception cref="Exception">What the handler threw; the host counts the failure.</exception>
    public async Task InvokeScheduleAsync(int retryCount, string invocationId, string? traceParent, CancellationToken cancellationToken)
    {
        var function = Expect<ScheduleFunction>("schedule");
        if (AppTimeZone.Problem(function, _environment) is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        await _invoker.InvokeAsync(function, new ScheduledEvent(_app.Time.GetUtcNow()), NewContext(invocationId, retryCount + 1, traceParent, cancellationToken)).ConfigureAwait(false);
    }

    internal async Task<HttpReply> InvokeHttpAsync(
        string method,
        Uri url,
        IReadOnlyDictionary<string, StringValues> headers,
        ReadOnlyMemory<byte> body,
        string invocationId,
        string? traceParent,
        CancellationToken cancellationToken)
    {
        Expect<HttpFunction>("HTTP");
        var match = _route!.Match(method.ToUpperInvariant(), UrlEnvelope.PathOf(url));
        if (match.Function is not { } function)
        {
            return match.Refusal();
        }

        traceParent ??= headers.TryGetValue("traceparent", out var parents) && parents is [var parent, ..] ? parent : null;
        var envelope = new UrlEnvelope(method.ToUpperInvariant(), url, headers, body, match.Values);
        var reply = await _invoker.InvokeAsync(function, envelope, NewContext(invocationId, 1, traceParent, cancellationToken)).ConfigureAwait(false);
        return await reply.BufferAsync().ConfigureAwait(false); // the worker's and the custom handler's answers are whole
    }

    private T Expect<T>(string trigger)
        where T : FunctionDefinition => _function as T ?? throw new InvalidOperationException($"{_function.Name} is not started by {trigger} triggers.");

    private InvocationContext NewContext(string invocationId, int attempt, string? traceParent, CancellationToken aborted) =>
        new(_app, _function.Name, invocationId, attempt, Deadlines.Of(_function, _app.Time), traceParent, aborted);
}
