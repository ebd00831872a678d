using Portable.Runtime;

namespace Portable;

/// <content>What the invocation belongs to: a trace, and what it is followed by where nobody keeps traces.</content>
public sealed partial class InvocationContext
{
    private Caller? _platform; // of the delivery itself, once a message of it is handled
    private string? _correlationId; // as it was sent
    private string? _traceState;
    private HttpEnvelope? _request;

    /// <summary>
    /// The W3C <c>traceparent</c> of the caller, where there is one; while a message is handled that carries one, the message's. What the
    /// invocation sends carries it on.
    /// </summary>
    public string? TraceParent { get; private set; }

    /// <summary>The W3C <c>tracestate</c> beside <see cref="TraceParent"/>, where there is one.</summary>
    public string? TraceState
    {
        get => _traceState ?? (TraceParent is null ? null : _request?.Header(Correlation.TraceState));
        private set => _traceState = value;
    }

    /// <summary>
    /// What a request is followed by from function to function: what the caller sent, which is 1 to 128 visible ASCII characters; else the
    /// trace of <see cref="TraceParent"/>; else <see cref="InvocationId"/>. While a message of a batch is handled, the message's.
    /// </summary>
    public string CorrelationId => (_correlationId ??= Correlation.Accept(_request?.Header(Correlation.Header))) ?? Correlation.TraceId(TraceParent) ?? InvocationId;

    /// <summary>Whether this is the first invocation of its process.</summary>
    public bool IsColdStart { get; }

    internal PortableApp Application => _app;

    /// <summary>The trace of the delivery itself, which a message of it need not belong to.</summary>
    internal string? PlatformTraceParent => _platform is { } platform ? platform.TraceParent : TraceParent;

    /// <summary>What is being watched: the invocation, or the message that is being handled.</summary>
    internal TelemetrySpan? Span { get; set; }

    /// <summary>The <c>traceparent</c> that what is sent right now carries, from wherever in an invocation; <see langword="null"/> outside of any. For adapters.</summary>
    public static string? OutgoingTrace => InvocationScope.Current?.OutgoingTraceParent;

    /// <summary>The correlation id that what is sent right now carries, from wherever in an invocation; <see langword="null"/> outside of any. For adapters.</summary>
    public static string? OutgoingCorrelation => InvocationScope.Current?.CorrelationId;

    /// <summary>The <c>traceparent</c> of what is sent.</summary>
    internal string? OutgoingTraceParent => Running?.TraceParent ?? TraceParent;

    /// <summary>The <c>tracestate</c> of what is sent.</summary>
    internal string? OutgoingTraceState => Running is { } running ? running.TraceState : TraceState;

    // What runs is the parent of what is sent, unless it is a span of the host's for a delivery whose message belongs to another trace.
    private InvocationTelemetry? Running =>
        _app.Telemetry is { TraceParent: { } running } telemetry
        && (Span?.TraceParent is not null || TraceParent == PlatformTraceParent || Correlation.TraceId(running) == Correlation.TraceId(TraceParent)) ? telemetry : null;

    /// <summary>What is told of the caller is in the headers of a request; they are read when somebody asks.</summary>
    internal void Enter(HttpEnvelope request) => _request = request;

    /// <summary>The invocation begins: from now on, what is logged is logged as part of it.</summary>
    internal TelemetrySpan? Begin(TelemetrySpan? span)
    {
        InvocationScope.Enter(this);
        return Span = span;
    }

    private async ValueTask EndWatchedAsync()
    {
        try
        {
            if (_scope is not null)
            {
                await _scope.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Span!.Failed(e);
            throw;
        }
        finally
        {
            _app.End(Span!);
        }
    }

    /// <summary>A message of the delivery is handled from now on.</summary>
    internal TelemetrySpan? BeginMessage(MessageSource? source, ReceivedMessage message)
    {
        Enter(message);
        if (_app.Telemetry is not { } telemetry || source is null || telemetry.Message(source, message, this) is not { } span)
        {
            return null;
        }

        span.Outer = Span;
        return Span = span;
    }

    /// <summary>The message is done with; the delivery goes on.</summary>
    internal void EndMessage(TelemetrySpan? span)
    {
        if (span is not null)
        {
            span.Dispose();
            Span = span.Outer;
        }

        (TraceParent, TraceState, _correlationId) = _platform!;
    }

    /// <summary>What is told of the caller is that of a message.</summary>
    internal void Enter(ReceivedMessage message)
    {
        _platform ??= new Caller(TraceParent, _traceState, _correlationId);
        var attributes = message.Attributes;
        if (attributes is not null && attributes.TryGetValue(Correlation.TraceParent, out var parent) && Correlation.TraceId(parent) is not null)
        {
            TraceParent = parent;
            TraceState = attributes.TryGetValue(Correlation.TraceState, out var state) ? state : null;
        }
        else
        {
            (TraceParent, TraceState, _) = _platform;
        }

        _correlationId = Correlation.Of(attributes) ?? _platform.CorrelationId;
    }

    private sealed record Caller(string? TraceParent, string? TraceState, string? CorrelationId);
}
