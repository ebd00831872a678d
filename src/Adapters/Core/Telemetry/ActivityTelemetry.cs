using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Portable.Runtime;

/// <summary>
/// Spans of the <see cref="ActivitySource"/> and metrics of the <see cref="Meter"/> named <c>Portable</c>, for OpenTelemetry and whatever else
/// listens. While nobody does, an invocation pays for asking.
/// </summary>
public sealed class ActivityTelemetry : InvocationTelemetry
{
    private readonly ActivitySource _source;
    private readonly Instruments _instruments;

    private ActivityTelemetry()
    {
        var version = typeof(ActivityTelemetry).Assembly.GetName().Version?.ToString(3);
        _source = new ActivitySource(Conventions.SourceName, version);
        _instruments = new Instruments(new Meter(Conventions.SourceName, version));
    }

    /// <summary>The source and meter of this process; listeners find them by name, so there is one of each.</summary>
    public static ActivityTelemetry Instance { get; } = new();

    internal override string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } running ? running.Id : null;

    internal override string? TraceState => Activity.Current?.TraceStateString;

    internal override TelemetrySpan? Http(HttpFunction function, HttpEnvelope request, InvocationContext context)
    {
        if (!_source.HasListeners())
        {
            return Metrics("http", function.Name, context);
        }

        var method = Conventions.MethodOf(request.Method);
        var tags = Invocation("http", function.Name, context);
        tags.Add(new(Conventions.Method, method));
        if (method == "_OTHER")
        {
            tags.Add(new(Conventions.OriginalMethod, request.Method));
        }

        tags.Add(new(Conventions.Route, function.Route.Template));
        tags.Add(new(Conventions.Path, request.Path));
        return Start("http", function.Name, context, $"{(method == "_OTHER" ? "HTTP" : method)} {function.Route.Template}", ActivityKind.Server, tags);
    }

    internal override TelemetrySpan? Delivery(MessageFunction function, IReadOnlyList<ReceivedMessage> messages, InvocationContext context)
    {
        var source = function.Source;
        var trigger = Conventions.TriggerOf(source);
        if (!_source.HasListeners())
        {
            return Metrics(trigger, function.Name, context);
        }

        var tags = Invocation(trigger, function.Name, context);
        Messaging(tags, context.Cloud, source);
        List<ActivityLink>? links = null;
        if (messages.Count == 1)
        {
            One(tags, source, messages[0], context);
            Link(ref links, context.PlatformTraceParent, context.TraceParent);
        }
        else
        {
            tags.Add(new(Conventions.BatchCount, messages.Count));
            foreach (var message in messages)
            {
                if (Sender(message) is { } sender)
                {
                    (links ??= []).Add(new ActivityLink(sender));
                }
            }
        }

        return Start(trigger, function.Name, context, $"process {source.Name}", ActivityKind.Consumer, tags, links);
    }

    internal override TelemetrySpan? Message(MessageSource source, ReceivedMessage message, InvocationContext context)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var tags = new List<KeyValuePair<string, object?>>(8) { new(Conventions.Trigger, Conventions.TriggerOf(source)), new(Conventions.Function, context.FunctionName) };
        Messaging(tags, context.Cloud, source);
        One(tags, source, message, context);

        // The trace goes on that the message belongs to; the delivery is linked, for it belongs to many.
        List<ActivityLink>? links = null;
        var parent = Sender(message) ?? default;
        if (parent != default)
        {
            Link(ref links, context.Span?.TraceParent, null);
        }

        return ActivitySpan.Of(_source.StartActivity($"process {source.Name}", ActivityKind.Consumer, parent, tags, links));
    }

    internal override TelemetrySpan? Schedule(ScheduleFunction function, InvocationContext context)
    {
        if (!_source.HasListeners())
        {
            return Metrics("timer", function.Name, context);
        }

        var tags = Invocation("timer", function.Name, context);
        tags.Add(new(Conventions.Cron, function.Cron));
        return Start("timer", function.Name, context, function.Name, ActivityKind.Server, tags);
    }

    internal override TelemetrySpan? Step(StepDefinition step, InvocationContext context)
    {
        if (!_source.HasListeners())
        {
            return Metrics("other", context.FunctionName, context);
        }

        var tags = Invocation("other", context.FunctionName, context);
        tags.Add(new(Conventions.Step, step.Name));
        if (context.RunId is { } run)
        {
            tags.Add(new(Conventions.Run, run));
        }

        return Start("other", context.FunctionName, context, $"{context.FunctionName} {step.Name}", ActivityKind.Server, tags);
    }

    internal override TelemetrySpan? Send(string cloud, SendKind kind, string destination, InvocationContext? context)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var operation = kind == SendKind.Queue ? "send" : "publish";
        var tags = new List<KeyValuePair<string, object?>>(5)
        {
            new(Conventions.System, Conventions.SystemOf(cloud, kind)),
            new(Conventions.Destination, destination),
            new(Conventions.OperationName, operation),
            new(Conventions.OperationType, "send"),
        };
        if (context is not null)
        {
            tags.Add(new(Conventions.ConversationId, context.CorrelationId));
        }

        var parent = Activity.Current is null ? Remote(context?.TraceParent, context?.TraceState) ?? default : default;
        return ActivitySpan.Of(_source.StartActivity($"{operation} {destination}", ActivityKind.Producer, parent, tags));
    }

    private static List<KeyValuePair<string, object?>> Invocation(string trigger, string function, InvocationContext context)
    {
        var tags = new List<KeyValuePair<string, object?>>(12)
        {
            new(Conventions.Trigger, trigger),
            new(Conventions.Function, function),
            new(Conventions.InvocationId, context.InvocationId),
            new(Conventions.ColdStart, context.IsColdStart),
        };
        if (context.Attempt > 1)
        {
            tags.Add(new(Conventions.Attempt, context.Attempt));
        }

        return tags;
    }

    private static void Messaging(List<KeyValuePair<string, object?>> tags, string cloud, MessageSource source)
    {
        tags.Add(new(Conventions.System, Conventions.SystemOf(cloud, source)));
        tags.Add(new(Conventions.Destination, source.Name));
        tags.Add(new(Conventions.OperationName, "process"));
        tags.Add(new(Conventions.OperationType, "process"));
    }

    private static void One(List<KeyValuePair<string, object?>> tags, MessageSource source, ReceivedMessage message, InvocationContext context)
    {
        tags.Add(new(Conventions.MessageId, message.Id));
        tags.Add(new(Conventions.ConversationId, context.CorrelationId));
        switch (message.Detail)
        {
            case ObjectChanged { Change: var change }:
                tags.Add(new(Conventions.DocumentCollection, source.Name));
                tags.Add(new(Conventions.DocumentName, change.Name));
                tags.Add(new(Conventions.DocumentOperation, change.Change == StorageChange.Created ? "insert" : "delete"));
                break;
            case RowChanged row: // without its key, which is the user's data
                tags.Add(new(Conventions.DocumentCollection, source.Name));
                tags.Add(new(Conventions.DocumentOperation, row.Kind switch { TableChangeKind.Inserted => "insert", TableChangeKind.Removed => "delete", _ => "edit" }));
                break;
        }
    }

    private static ActivityContext? Sender(ReceivedMessage message) =>
        message.Attributes is { } attributes && attributes.TryGetValue(Correlation.TraceParent, out var parent)
            ? Remote(parent, attributes.TryGetValue(Correlation.TraceState, out var state) ? state : null)
            : null;

    private static ActivityContext? Remote(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var context) ? context : null;

    private static void Link(ref List<ActivityLink>? links, string? traceParent, string? unless)
    {
        if (traceParent is not null && traceParent != unless && Remote(traceParent, null) is { } context)
        {
            (links ??= []).Add(new ActivityLink(context));
        }
    }

    private TelemetrySpan? Metrics(string trigger, string function, InvocationContext context) =>
        _instruments.Enabled ? new ActivitySpan(null, new Measurement(_instruments, trigger, function, context)) : null;

    private ActivitySpan? Start(string trigger, string function, InvocationContext context, string name, ActivityKind kind, List<KeyValuePair<string, object?>> tags, List<ActivityLink>? links = null)
    {
        // A host that has begun a span of the same trace, as ASP.NET Core does, stands between the caller and this one.
        var parent = Remote(context.TraceParent, context.TraceState) is { } remote && Activity.Current?.TraceId != remote.TraceId ? remote : default;
        var activity = _source.StartActivity(name, kind, parent, tags, links);
        var measurement = _instruments.Enabled ? new Measurement(_instruments, trigger, function, context) : null;
        return activity is null && measurement is null ? null : new ActivitySpan(activity, measurement);
    }
}
