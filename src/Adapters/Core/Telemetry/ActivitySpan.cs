using System.Diagnostics;

namespace Portable.Runtime;

/// <summary>A span and the metrics of one invocation; either may be missing.</summary>
internal sealed class ActivitySpan(Activity? activity, Measurement? measurement) : TelemetrySpan
{
    private string? _error;
    private bool _timedOut;
    private bool _ended;

    public static ActivitySpan? Of(Activity? activity) => activity is null ? null : new ActivitySpan(activity, null);

    public override string? TraceParent => activity?.Id;

    public override string? TraceState => activity?.TraceStateString;

    public override void Answered(int statusCode)
    {
        activity?.SetTag(Conventions.StatusCode, statusCode);
        if (statusCode >= 500 && _error is null)
        {
            // What the convention asks for where there is no exception.
            Failed(statusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public override void Sent(string messageId) => activity?.SetTag(Conventions.MessageId, messageId);

    public override void Failed(string type, bool timedOut = false)
    {
        _error ??= type;
        _timedOut |= timedOut;
        activity?.SetTag(Conventions.ErrorType, _error).SetStatus(ActivityStatusCode.Error);
    }

    public override void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            measurement?.End(_error, _timedOut);
            activity?.Dispose();
        }
    }
}

/// <summary>The metrics of one invocation, from its beginning.</summary>
internal sealed class Measurement(Instruments instruments, string trigger, string function, InvocationContext context)
{
    private readonly long _start = context.Application.Time.GetTimestamp();

    public void End(string? error, bool timedOut) =>
        instruments.Record(trigger, function, context.Application.Time.GetElapsedTime(_start), error, timedOut, context.IsColdStart, context.Attempt);
}
