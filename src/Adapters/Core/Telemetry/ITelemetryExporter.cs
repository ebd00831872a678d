namespace Portable.Runtime;

/// <summary>Takes spans and metrics out of the process; <c>Portable.OpenTelemetry</c> registers one. Hosts ask for it before the first invocation.</summary>
public interface ITelemetryExporter
{
    /// <summary>
    /// Whether everything is handed on at the end of each invocation, before its answer. So it must be where the platform freezes the process
    /// between invocations, as Lambda does; elsewhere the exporter's own rhythm costs callers no time.
    /// </summary>
    bool FlushesEachInvocation { get; }

    /// <summary>Hands on what has been kept, as far as that is possible in the time. Never throws.</summary>
    void Flush(TimeSpan timeout);
}
