namespace Portable.Runtime;

/// <summary>
/// What watches invocations. No member names a type of <c>System.Diagnostics.DiagnosticSource</c>, so that a function that nobody watches
/// neither loads nor links that assembly; <see cref="ActivityTelemetry"/> is the one implementation.
/// </summary>
public abstract class InvocationTelemetry
{
    private protected InvocationTelemetry()
    {
    }

    /// <summary>The W3C <c>traceparent</c> of what runs right now, whoever began it; <see langword="null"/> for nothing.</summary>
    internal abstract string? TraceParent { get; }

    /// <summary>The W3C <c>tracestate</c> beside it.</summary>
    internal abstract string? TraceState { get; }

    /// <summary>A request begins. <see langword="null"/> when nobody listens, here and in every other method.</summary>
    internal abstract TelemetrySpan? Http(HttpFunction function, HttpEnvelope request, InvocationContext context);

    /// <summary>A delivery of messages begins.</summary>
    internal abstract TelemetrySpan? Delivery(MessageFunction function, IReadOnlyList<ReceivedMessage> messages, InvocationContext context);

    /// <summary>One message of a delivery of several is handled.</summary>
    internal abstract TelemetrySpan? Message(MessageSource source, ReceivedMessage message, InvocationContext context);

    /// <summary>A schedule fires.</summary>
    internal abstract TelemetrySpan? Schedule(ScheduleFunction function, InvocationContext context);

    /// <summary>A step of a workflow is called.</summary>
    internal abstract TelemetrySpan? Step(StepDefinition step, InvocationContext context);

    /// <summary>Something is sent.</summary>
    /// <param name="cloud">Where the code runs.</param>
    /// <param name="kind">Where it goes.</param>
    /// <param name="destination">The queue or the type of the event.</param>
    /// <param name="context">The invocation that sends it.</param>
    internal abstract TelemetrySpan? Send(string cloud, SendKind kind, string destination, InvocationContext? context);
}

/// <summary>Where something is sent.</summary>
internal enum SendKind
{
    /// <summary>To a queue.</summary>
    Queue,

    /// <summary>To the event bus.</summary>
    Event,
}

/// <summary>One thing that is watched, from its beginning until it is disposed.</summary>
internal abstract class TelemetrySpan : IDisposable
{
    /// <summary>The W3C <c>traceparent</c> of what it causes; <see langword="null"/> when only metrics are kept.</summary>
    public abstract string? TraceParent { get; }

    /// <summary>The W3C <c>tracestate</c> beside it.</summary>
    public abstract string? TraceState { get; }

    /// <summary>The span that it is a part of.</summary>
    public TelemetrySpan? Outer { get; set; }

    /// <summary>A request was answered.</summary>
    public abstract void Answered(int statusCode);

    /// <summary>The queue gave what was sent an identifier.</summary>
    public abstract void Sent(string messageId);

    /// <summary>It failed; of the exception, its type alone is told, for messages may hold what users sent.</summary>
    public void Failed(Exception exception, bool timedOut = false) => Failed(exception.GetType().FullName ?? exception.GetType().Name, timedOut);

    /// <summary>It failed.</summary>
    /// <param name="type">The type of the error: a code or a type's name.</param>
    /// <param name="timedOut">Whether the deadline was the reason.</param>
    public abstract void Failed(string type, bool timedOut = false);

    /// <summary>The end.</summary>
    public abstract void Dispose();
}
