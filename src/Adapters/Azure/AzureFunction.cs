using System.Globalization;
using System.Text;
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
    private readonly PortableApp _app;
    private readonly FunctionDefinition _function;
    private readonly FunctionInvoker _invoker;
    private readonly RouteTable? _route;

    /// <summary>Takes a function of the application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="functionName">The name of the function, ignoring case.</param>
    /// <exception cref="InvalidOperationException">There is no such function; the message names those that there are.</exception>
    public AzureFunction(PortableApp app, string functionName)
        : this(app, app.FindFunction(functionName) ?? throw new InvalidOperationException(
            $"There is no function '{functionName}'; there is {string.Join(", ", app.Functions.Select(static function => function.Name))}."))
    {
    }

    internal AzureFunction(PortableApp app, FunctionDefinition function)
    {
        _app = app.WithTelemetry();
        _function = function;
        _invoker = new FunctionInvoker(app);
        _route = function is HttpFunction http ? new RouteTable([http]) : null;
    }

    internal FunctionDefinition Definition => _function;

    /// <summary>Calls an HTTP function.</summary>
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

    /// <summary>Calls a queue function with one message.</summary>
    /// <param name="message">The text of the message.</param>
    /// <param name="bindingData">What the host tells of the message: <c>Id</c>, <c>DequeueCount</c>, <c>InsertionTime</c>.</param>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C trace context, where the host says so.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <exception cref="MessageFailedException">The message was not handled and must be delivered again.</exception>
    /// <exception cref="InvalidOperationException">The function has another trigger.</exception>
    public async Task InvokeQueueAsync(string message, IReadOnlyDictionary<string, object?> bindingData, string invocationId, string? traceParent, CancellationToken cancellationToken)
    {
        var queue = Expect<MessageFunction>("queue");
        var count = int.TryParse(Text(bindingData, "DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        DateTimeOffset? sentAt = DateTimeOffset.TryParse(Text(bindingData, "InsertionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        var received = new ReceivedMessage(Text(bindingData, "Id") ?? invocationId, Encoding.UTF8.GetBytes(message), count, EnqueuedAt: sentAt);
        var outcome = await _invoker.InvokeAsync(queue, [received], NewContext(invocationId, count, traceParent, cancellationToken)).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw new MessageFailedException($"{queue.Name} did not handle message {received.Id}: {outcome.Failed[0].Reason}");
        }
    }

    /// <summary>Calls a schedule function. The host does not tell when it was due, so the time is that of the call.</summary>
    /// <param name="invocationId">The host's identifier of the invocation.</param>
    /// <param name="traceParent">The W3C trace context, where the host says so.</param>
    /// <param name="cancellationToken">Cancelled when the host stops.</param>
    /// <exception cref="InvalidOperationException">The function has another trigger.</exception>
    /// <exception cref="Exception">What the handler threw; the host counts the failure.</exception>
    public Task InvokeScheduleAsync(string invocationId, string? traceParent, CancellationToken cancellationToken) =>
        _invoker.InvokeAsync(Expect<ScheduleFunction>("schedule"), new ScheduledEvent(_app.Time.GetUtcNow()), NewContext(invocationId, 1, traceParent, cancellationToken)).AsTask();

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

        traceParent ??= headers.TryGetValue("traceparent", out var parents) ? parents[0] : null;
        var envelope = new UrlEnvelope(method.ToUpperInvariant(), url, headers, body, match.Values);
        return await _invoker.InvokeAsync(function, envelope, NewContext(invocationId, 1, traceParent, cancellationToken)).ConfigureAwait(false);
    }

    private static string? Text(IReadOnlyDictionary<string, object?> bindingData, string name)
    {
        // Hosts hand over plain values or their JSON, depending on the version: "id" and "\"id\"" alike.
        var text = bindingData.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        return text is { Length: >= 2 } && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
    }

    private T Expect<T>(string trigger)
        where T : FunctionDefinition => _function as T ?? throw new InvalidOperationException($"{_function.Name} is not started by {trigger} triggers.");

    private InvocationContext NewContext(string invocationId, int attempt, string? traceParent, CancellationToken aborted) =>
        new(_app, _function.Name, invocationId, attempt, Deadlines.Of(_function, _app.Time), traceParent, aborted);
}
