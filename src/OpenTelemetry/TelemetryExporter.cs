using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Portable.Runtime;

namespace Portable.OpenTelemetry;

/// <summary>OpenTelemetry's providers, from the first invocation until the application ends.</summary>
internal sealed class TelemetryExporter : ITelemetryExporter, IDisposable
{
    private const string Source = "Portable";

    private readonly TracerProvider? _tracing;
    private readonly MeterProvider? _metering;

    public TelemetryExporter(ExportSettings settings, Action<TracerProviderBuilder>? tracing, Action<MeterProviderBuilder>? metrics)
    {
        FlushesEachInvocation = settings.FlushesEachInvocation;
        if (settings.Traces || tracing is not null)
        {
            var builder = Sdk.CreateTracerProviderBuilder().AddSource(Source).ConfigureResource(resource => Describe(resource, settings));
            builder.ConfigureServices(services => services.AddSingleton(settings.Configuration));
            tracing?.Invoke(builder);
            _tracing = (settings.Traces ? builder.AddOtlpExporter(options => Choose(options, settings)) : builder).Build();
        }

        if (settings.Metrics || metrics is not null)
        {
            var builder = Sdk.CreateMeterProviderBuilder().AddMeter(Source).ConfigureResource(resource => Describe(resource, settings));
            builder.ConfigureServices(services => services.AddSingleton(settings.Configuration));
            metrics?.Invoke(builder);
            _metering = (settings.Metrics ? builder.AddOtlpExporter(options => Choose(options, settings)) : builder).Build();
        }
    }

    /// <inheritdoc/>
    public bool FlushesEachInvocation { get; }

    /// <inheritdoc/>
    public void Flush(TimeSpan timeout)
    {
        // Neither throws: failures go to OpenTelemetry's own log, OTEL_DIAGNOSTICS.json.
        _tracing?.ForceFlush((int)timeout.TotalMilliseconds);
        _metering?.ForceFlush((int)timeout.TotalMilliseconds);
    }

    /// <summary>Hands on what is left.</summary>
    public void Dispose()
    {
        _tracing?.Dispose();
        _metering?.Dispose();
    }

    private static void Describe(ResourceBuilder resource, ExportSettings settings)
    {
        if (string.IsNullOrEmpty(settings.Configuration["OTEL_SERVICE_NAME"]))
        {
            resource.AddService(settings.ServiceName, autoGenerateServiceInstanceId: false);
        }

        resource.AddAttributes(settings.Resource()).AddEnvironmentVariableDetector();
    }

    private static void Choose(OtlpExporterOptions options, ExportSettings settings)
    {
        if (!settings.SaysProtocol)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
        }
    }
}
