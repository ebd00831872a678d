using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// One JSON object per line, with the names that the cloud's log store gives a meaning to. Lambda filters by <c>level</c> and takes the time
/// from <c>timestamp</c> (docs.aws.amazon.com/lambda, "Log-level filtering"); Google Cloud reads <c>severity</c>, <c>time</c>, <c>message</c> and
/// <c>logging.googleapis.com/trace</c>, <c>/spanId</c> (cloud.google.com/logging/docs/structured-logging).
/// </summary>
internal sealed class JsonLines : LineFormat
{
    private readonly string _level;
    private readonly string _time;
    private readonly string _trace;
    private readonly string _span;
    private readonly string? _tracePrefix;
    private readonly bool _google;
    private readonly TimeProvider _clock;

    private JsonLines(bool google, string? project, TimeProvider clock)
    {
        _google = google;
        _level = google ? "severity" : "level";
        _time = google ? "time" : "timestamp";
        _trace = google ? "logging.googleapis.com/trace" : "traceId";
        _span = google ? "logging.googleapis.com/spanId" : "spanId";
        _tracePrefix = google && !string.IsNullOrEmpty(project) ? $"projects/{project}/traces/" : null;
        _clock = clock;
    }

    /// <summary>The format of a cloud.</summary>
    public static JsonLines Of(string cloud, Func<string, string?> environment, TimeProvider? clock = null) =>
        new(cloud == "gcp", environment("GOOGLE_CLOUD_PROJECT"), clock ?? TimeProvider.System);

    /// <inheritdoc/>
    public override string Write(in LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString(_time, _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString(_level, Label(entry.Level));
            json.WriteString("message"u8, entry.Masked(entry.Message));
            json.WriteString("category"u8, entry.Category);
            if (entry.EventId != 0)
            {
                json.WriteNumber("eventId"u8, entry.EventId);
            }

            WriteInvocation(json, entry.Invocation);
            if (entry.Exception is { } exception)
            {
                json.WriteString("errorType"u8, exception.GetType().FullName);
                json.WriteString("exception"u8, entry.Masked(exception.ToString()));
            }

            WriteProperties(json, entry);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteInvocation(Utf8JsonWriter json, InvocationContext? invocation)
    {
        if (invocation is null)
        {
            return;
        }

        json.WriteString("function"u8, invocation.FunctionName);
        json.WriteString("invocationId"u8, invocation.InvocationId);
        json.WriteString("correlationId"u8, invocation.CorrelationId);
        if (invocation.RunId is { } run)
        {
            json.WriteString("runId"u8, run);
        }

        if (Correlation.TraceId(invocation.OutgoingTraceParent) is { } trace)
        {
            json.WriteString(_trace, _tracePrefix + trace);
            json.WriteString(_span, Correlation.SpanId(invocation.OutgoingTraceParent));
        }
    }

    // Values of the message's template and of scopes, as texts: what else they are is nobody's to find out by reflection.
    private static void WriteProperties(Utf8JsonWriter json, in LogEntry entry)
    {
        var all = new Properties(json, entry.Mask);
        entry.Scopes?.ForEachScope(static (scope, properties) => properties.Add(scope), all);
        all.Add(entry.State);
        all.End();
    }

    private string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => _google ? "DEBUG" : "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => _google ? "WARNING" : "WARN",
        LogLevel.Error => "ERROR",
        _ => _google ? "CRITICAL" : "FATAL",
    };

    private sealed class Properties(Utf8JsonWriter json, SecretMask? mask)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public void Add(object? values)
        {
            if (values is not IEnumerable<KeyValuePair<string, object?>> pairs)
            {
                return;
            }

            foreach (var (name, value) in pairs)
            {
                if (name == "{OriginalFormat}" || !_names.Add(name))
                {
                    continue;
                }

                if (_names.Count == 1)
                {
                    json.WriteStartObject("properties"u8);
                }

                var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                json.WriteString(name, mask?.Apply(text) ?? text);
            }
        }

        public void End()
        {
            if (_names.Count > 0)
            {
                json.WriteEndObject();
            }
        }
    }
}
