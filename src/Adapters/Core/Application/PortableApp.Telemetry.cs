using Microsoft.Extensions.DependencyInjection;

namespace Portable.Runtime;

/// <content>Who watches the application.</content>
public sealed partial class PortableApp
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(2);

    private ITelemetryExporter? _exporter;
    private int _warm;

    /// <summary>What watches invocations; <see langword="null"/> where nobody can listen, and then nothing of it is linked.</summary>
    public InvocationTelemetry? Telemetry { get; private set; }

    /// <summary>
    /// Lets OpenTelemetry and other listeners watch the application. Hosts that stand on ASP.NET Core or a vendor's package, which load what
    /// that needs anyway, always do; for native Lambda functions, emitted code does where the project references OpenTelemetry.
    /// </summary>
    /// <returns>The application.</returns>
    public PortableApp WithTelemetry()
    {
        Telemetry ??= ActivityTelemetry.Instance;
        return this;
    }

    /// <summary>The exporter that the startup class has added, made before anything is to be exported.</summary>
    private void StartExporter()
    {
        if (_exports)
        {
            _exporter ??= Services.GetService<ITelemetryExporter>();
        }
    }

    /// <summary>The exporter, before the first span begins. What goes wrong is told by <see cref="StartAsync"/>, which every invocation waits for then.</summary>
    internal void TryStartExporter()
    {
        if (_exports && !_started && _exporter is null)
        {
            try
            {
                StartExporter();
            }
            catch (Exception)
            {
                // Told by StartAsync, within the invocation.
            }
        }
    }

    /// <summary>An invocation has ended: what was watched is handed on before a platform may freeze the process.</summary>
    internal void End(TelemetrySpan span)
    {
        span.Dispose();
        if (_exporter is { FlushesEachInvocation: true } exporter)
        {
            exporter.Flush(FlushTimeout);
        }
    }

    /// <summary>Whether nothing has been invoked before; true once.</summary>
    internal bool TakeColdStart() => Interlocked.Exchange(ref _warm, 1) == 0;
}
