namespace Portable.Runtime;

/// <summary>A function as hosts see it: its name, its trigger, and the emitted code that binds and calls the handler.</summary>
/// <param name="name">The name, unique within the application.</param>
/// <param name="timeoutSeconds">How long an invocation may take; 0 leaves the cloud's default.</param>
public abstract class FunctionDefinition(string name, int timeoutSeconds)
{
    /// <summary>The name, unique within the application.</summary>
    public string Name { get; } = name;

    /// <summary>How long an invocation may take, in seconds; 0 leaves the cloud's default.</summary>
    public int TimeoutSeconds { get; } = timeoutSeconds;
}

/// <summary>Binds a request, calls the handler and shapes its answer. Exceptions are the invoker's to handle.</summary>
public delegate ValueTask<HttpReply> HttpHandler(HttpCall call);

/// <summary>A function started by HTTP requests.</summary>
public sealed class HttpFunction(string name, string method, string route, HttpHandler handler, int timeoutSeconds = 0)
    : FunctionDefinition(name, timeoutSeconds)
{
    /// <summary>The method in upper case, or <c>*</c>.</summary>
    public string Method { get; } = method;

    /// <summary>The route.</summary>
    public RoutePattern Route { get; } = RoutePattern.Parse(route);

    /// <summary>The emitted handler.</summary>
    public HttpHandler Handler { get; } = handler;

    /// <summary>Who may call it; everybody when <see langword="null"/>.</summary>
    public HttpAuthorization? Authorization { get; init; }
}

/// <summary>
/// Binds a batch of messages and calls the handler, once per message or once for all.
/// Returns the messages that failed; throws when the whole batch failed.
/// </summary>
public delegate ValueTask<BatchResult> MessageHandler(MessageCall call);

/// <summary>A function started by messages: of a queue, stream, bucket, event bus, table or device. What the pipeline does with them is the same.</summary>
public sealed class MessageFunction(string name, MessageSource source, MessageHandler handler, bool handlesBatches = false, int timeoutSeconds = 0, RetryPolicy? retry = null, string? deadLetter = null)
    : FunctionDefinition(name, timeoutSeconds)
{
    /// <summary>Where the messages come from.</summary>
    public MessageSource Source { get; } = source;

    /// <summary>Whether the handler takes a whole batch at a time.</summary>
    public bool HandlesBatches { get; } = handlesBatches;

    /// <summary>How often a message is delivered and how long the source waits in between; <see langword="null"/> leaves the source's default.</summary>
    public RetryPolicy? Retry { get; } = retry;

    /// <summary>The queue of messages that cannot be handled; <see langword="null"/> leaves them to the platform's own means.</summary>
    public string? DeadLetter { get; } = deadLetter;

    /// <summary>The emitted handler.</summary>
    public MessageHandler Handler { get; } = handler;
}

/// <summary>Calls the handler of a schedule.</summary>
public delegate ValueTask ScheduleHandler(ScheduleCall call);

/// <summary>A function started by the clock.</summary>
public sealed class ScheduleFunction(string name, string cron, ScheduleHandler handler, int timeoutSeconds = 0, string? timeZone = null, RetryPolicy? retry = null)
    : FunctionDefinition(name, timeoutSeconds)
{
    /// <summary>The five-field cron expression.</summary>
    public string Cron { get; } = cron;

    /// <summary>How often a firing is tried; <see langword="null"/> leaves the cloud's default.</summary>
    public RetryPolicy? Retry { get; } = retry;

    /// <summary>The IANA name of the time zone of <see cref="Cron"/>; UTC when <see langword="null"/>.</summary>
    public string? TimeZone { get; } = timeZone;

    /// <summary>The emitted handler.</summary>
    public ScheduleHandler Handler { get; } = handler;
}

/// <summary>
/// The function that runs the steps of one workflow, chosen by name: one deployed unit per workflow, so that its steps share
/// warm instances. The request is <c>{"step": name, "input": payload, "run": id, "attempt": n}</c> (see <see cref="StepRequest"/>).
/// </summary>
public sealed class StepsFunction(string name, IReadOnlyList<StepDefinition> steps)
    : FunctionDefinition(name, timeoutSeconds: 0)
{
    /// <summary>The steps of the workflow.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; } = steps;
}
