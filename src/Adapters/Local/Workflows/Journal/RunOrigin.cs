namespace Portable.Local;

/// <summary>What a run was started by, which its steps belong to: kept with the run, so that they do in the next process too.</summary>
/// <param name="CorrelationId">The correlation id of the invocation that started it.</param>
/// <param name="TraceParent">Its W3C <c>traceparent</c>.</param>
public sealed record RunOrigin(string? CorrelationId, string? TraceParent)
{
    /// <summary>The invocation that goes on right now; <see langword="null"/> outside of any.</summary>
    internal static RunOrigin? Current => Of(InvocationContext.OutgoingCorrelation, InvocationContext.OutgoingTrace);

    /// <summary>An origin of which something is known, else <see langword="null"/>.</summary>
    internal static RunOrigin? Of(string? correlationId, string? traceParent) => correlationId is null && traceParent is null ? null : new(correlationId, traceParent);
}
