using Microsoft.Extensions.Configuration;

namespace Portable.OpenTelemetry;

/// <summary>What the configuration says of the export.</summary>
/// <param name="Configuration">The configuration; OpenTelemetry's own variables are read from it.</param>
/// <param name="Cloud">Where the code runs.</param>
/// <param name="Traces">Whether spans have somewhere to go.</param>
/// <param name="Metrics">Whether metrics have somewhere to go.</param>
/// <param name="SaysProtocol">Whether the protocol is stated; OpenTelemetry for .NET would take gRPC otherwise, the specification recommends http/protobuf.</param>
/// <param name="FlushesEachInvocation">Whether everything is handed on at the end of each invocation.</param>
internal sealed record ExportSettings(IConfiguration Configuration, string Cloud, bool Traces, bool Metrics, bool SaysProtocol, bool FlushesEachInvocation)
{
    /// <summary>The variable that says when: <c>invocation</c> or <c>interval</c>.</summary>
    public const string FlushVariable = "PORTABLE_TELEMETRY_FLUSH";

    public static ExportSettings Of(IConfiguration configuration, string cloud)
    {
        var any = IsSet("OTEL_EXPORTER_OTLP_ENDPOINT");
        return new(
            configuration,
            cloud,
            any || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
            any || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"),
            IsSet("OTEL_EXPORTER_OTLP_PROTOCOL"),
            configuration[FlushVariable]?.ToLowerInvariant() switch
            {
                "invocation" => true,
                "interval" => false,
                _ => cloud == "aws", // Lambda freezes the process between invocations; what is kept would wait for the next one, or be lost
            });

        bool IsSet(string name) => !string.IsNullOrEmpty(configuration[name]);
    }

    /// <summary>What the platform says of the instance; the names are those of OpenTelemetry's resource conventions (pages resource/faas, resource/cloud).</summary>
    public IEnumerable<KeyValuePair<string, object>> Resource()
    {
        (string Name, string? Value)[] all = Cloud switch
        {
            "aws" =>
            [
                ("cloud.provider", "aws"), ("cloud.platform", "aws_lambda"), ("cloud.region", this["AWS_REGION"]),
                ("faas.name", this["AWS_LAMBDA_FUNCTION_NAME"]), ("faas.version", this["AWS_LAMBDA_FUNCTION_VERSION"]), ("faas.instance", this["AWS_LAMBDA_LOG_STREAM_NAME"]),
            ],
            "gcp" =>
            [
                ("cloud.provider", "gcp"), ("cloud.platform", "gcp_cloud_run"), ("cloud.account.id", this["GOOGLE_CLOUD_PROJECT"]),
                ("faas.name", this["K_SERVICE"]), ("faas.version", this["K_REVISION"]),
            ],
            "azure" =>
            [
                ("cloud.provider", "azure"), ("cloud.platform", "azure_functions"), ("cloud.region", this["REGION_NAME"]),
                ("faas.name", this["WEBSITE_SITE_NAME"]), ("faas.instance", this["WEBSITE_INSTANCE_ID"]),
            ],
            _ => [],
        };
        return all.Where(static attribute => !string.IsNullOrEmpty(attribute.Value)).Select(static attribute => new KeyValuePair<string, object>(attribute.Name, attribute.Value!));
    }

    /// <summary>The name of the service, where <c>OTEL_SERVICE_NAME</c> says none.</summary>
    public string ServiceName =>
        this["AWS_LAMBDA_FUNCTION_NAME"] ?? this["K_SERVICE"] ?? this["WEBSITE_SITE_NAME"] ?? AppDomain.CurrentDomain.FriendlyName;

    private string? this[string name] => Configuration[name] is { Length: > 0 } value ? value : null;
}
