using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portable.Benchmarks.Drill;

/// <summary>The Lambda Runtime API and the poller of SQS in front of native processes (facts: Lambda Developer Guide, "Lambda runtime API" and "Using Lambda with Amazon SQS").</summary>
internal sealed class AwsDrill(Platform platform) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<(Copy Copy, long Delivery, int Count)>> _open = new(StringComparer.Ordinal);
    private WebApplication? _api;
    private long _requests;

    public string Endpoint { get; private set; } = "";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
        _api.MapGet("/2018-06-01/runtime/invocation/next", NextAsync);
        _api.MapPost("/2018-06-01/runtime/invocation/{id}/response", RespondAsync);
        _api.MapPost("/2018-06-01/runtime/invocation/{id}/error", Fail);
        _api.MapPost("/2018-06-01/runtime/init/error", static () => Results.StatusCode(202));
        await _api.StartAsync();
        Endpoint = new Uri(_api.Urls.First()).Authority;
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _api.StopAsync(now.Token);
            await _api.DisposeAsync();
        }
    }

    private async Task NextAsync(HttpContext context)
    {
        var batch = await platform.TakeAsync(10, context.RequestAborted);
        var id = string.Create(CultureInfo.InvariantCulture, $"request-{Interlocked.Increment(ref _requests)}");
        _open[id] = batch;
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
        context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:ship";
        context.Response.ContentType = "application/json";
        var body = Event(batch);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<IResult> RespondAsync(string id, HttpContext context)
    {
        using var answer = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (!_open.TryRemove(id, out var batch))
        {
            return Results.StatusCode(403);
        }

        var failed = answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("batchItemFailures", out var failures)
            ? failures.EnumerateArray().Select(static item => item.GetProperty("itemIdentifier").GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var (copy, delivery, _) in batch)
        {
            platform.Answer(copy, delivery, !failed.Contains(copy.Parcel.Id));
        }

        return Results.StatusCode(202);
    }

    private IResult Fail(string id)
    {
        foreach (var (copy, delivery, _) in _open.TryRemove(id, out var batch) ? batch : [])
        {
            platform.Answer(copy, delivery, success: false);
        }

        return Results.StatusCode(202);
    }

    private static byte[] Event(IReadOnlyList<(Copy Copy, long Delivery, int Count)> batch)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var (copy, delivery, count) in batch)
            {
                json.WriteStartObject();
                json.WriteString("messageId", copy.Parcel.Id);
                json.WriteString("receiptHandle", delivery.ToString(CultureInfo.InvariantCulture));
                json.WriteString("body", copy.Parcel.Body);
                json.WriteStartObject("attributes");
                json.WriteString("ApproximateReceiveCount", count.ToString(CultureInfo.InvariantCulture));
                json.WriteString("SentTimestamp", "1767225600000");
                json.WriteEndObject();
                json.WriteStartObject("messageAttributes");
                json.WriteEndObject();
                json.WriteString("md5OfBody", Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(copy.Parcel.Body))));
                json.WriteString("eventSource", "aws:sqs");
                json.WriteString("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:shipments");
                json.WriteString("awsRegion", "us-east-1");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
