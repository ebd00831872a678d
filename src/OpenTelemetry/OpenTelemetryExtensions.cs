using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Portable.OpenTelemetry;
using Portable.Runtime;

namespace Portable;

/// <summary>Exports what is watched, in OpenTelemetry's protocol.</summary>
public static class OpenTelemetryExtensions
{
    /// <summary>
    /// Exports the spans and metrics of invocations, steps and sends over OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; while nothing
    /// says so, nothing is watched and nothing paid. Sampling, headers, timeouts and attributes are OpenTelemetry's own variables
    /// (<c>OTEL_TRACES_SAMPLER</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, <c>OTEL_SERVICE_NAME</c>), in the environment or the configuration.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="tracing">What else is traced and where it goes: instrumentation of clients, other exporters, a sampler.</param>
    /// <param name="metrics">What else is measured and where it goes.</param>
    public static IPortableBuilder AddOpenTelemetry(this IPortableBuilder app, Action<TracerProviderBuilder>? tracing = null, Action<MeterProviderBuilder>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var settings = ExportSettings.Of(app.Configuration, app.Cloud);
        app.Services.TryAddSingleton<ITelemetryExporter>(_ => new TelemetryExporter(settings, tracing, metrics));
        return app;
    }
}
