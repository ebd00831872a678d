using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Portable.Runtime.AspNetCore;

namespace Portable.AspNet.Tests.Telemetry;

/// <summary>A span as it was exported.</summary>
internal sealed record ExportedSpan(
    string TraceId, string SpanId, string ParentId, string Name, ulong Kind, ulong Status, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links, IReadOnlyDictionary<string, string> Resource);

/// <summary>A metric as it was exported, with the sum of its points: their count, for a histogram.</summary>
internal sealed record ExportedMetric(string Name, string Unit, ulong Sum, IReadOnlyDictionary<string, string> Resource);

/// <summary>A collector of OTLP over HTTP on loopback (opentelemetry-proto: trace.proto, metrics.proto; field numbers below are theirs).</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _raw = new();
    private KestrelHost? _host;

    public ConcurrentQueue<ExportedSpan> Spans { get; } = new();

    public ConcurrentQueue<ExportedMetric> Metrics { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Everything that was received, as text: what must not have left the process can be looked for in it.</summary>
    public string Everything => string.Concat(_raw.Select(System.Text.Encoding.Latin1.GetString));

    public string Endpoint => _host!.Addresses[0].ToString();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        collector._host = await KestrelHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), collector.TakeAsync, static () => NullLogger.Instance);
        return collector;
    }

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType}");
        _raw.Enqueue(body.ToArray());
        var message = new Wire(body.ToArray());
        foreach (var batch in message.Messages(1))
        {
            var resource = Attributes(batch.Message(1)!, 1);
            foreach (var scope in batch.Messages(2))
            {
                foreach (var item in scope.Messages(2))
                {
                    if (context.Request.Path == "/v1/traces")
                    {
                        Spans.Enqueue(Span(item, resource));
                    }
                    else
                    {
                        Metrics.Enqueue(Metric(item, resource));
                    }
                }
            }
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    private static ExportedSpan Span(Wire span, IReadOnlyDictionary<string, string> resource) => new(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(6), span.Message(15)?.Number(3) ?? 0, Attributes(span, 9), [.. span.Messages(13).Select(static link => link.Hex(1) + "-" + link.Hex(2))], resource);

    private static ExportedMetric Metric(Wire metric, IReadOnlyDictionary<string, string> resource)
    {
        var sums = metric.Message(7)?.Messages(1).Aggregate(0UL, static (sum, point) => sum + point.Number(6));
        var counts = metric.Message(9)?.Messages(1).Aggregate(0UL, static (sum, point) => sum + point.Number(4));
        return new ExportedMetric(metric.Text(1), metric.Text(3), sums ?? counts ?? 0, resource);
    }

    private static Dictionary<string, string> Attributes(Wire message, int field) =>
        message.Messages(field).ToDictionary(static pair => pair.Text(1), static pair => Value(pair.Message(2)!));

    private static string Value(Wire value) =>
        value.Has(1) ? value.Text(1) : value.Has(2) ? value.Number(2) == 1 ? "true" : "false" : ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture);
}
