using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Azure;
using Portable.Runtime;

namespace Portable.AspNet.Tests.Azure;

public sealed record Item(string Id, int Quantity = 0);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Item))]
public sealed partial class TriggersJson : JsonSerializerContext;

/// <summary>The two ways into a function on Azure: a wrapper in the isolated worker calls us, or the host posts an invocation.</summary>
public enum Way
{
    Managed,
    Native,
}

/// <summary>An application with a function of each trigger of messages, which keeps what they were given, and the Functions host's side of both hostings.</summary>
public sealed class TriggersApp
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Everything that handlers were given, in order.</summary>
    public ConcurrentQueue<object> Seen { get; } = new();

    public ConcurrentQueue<InvocationContext> Invocations { get; } = new();

    /// <summary>The trace context and the correlation id while each message was handled, in order.</summary>
    public ConcurrentQueue<(string? TraceParent, string CorrelationId)> Traces { get; } = new();

    /// <summary>What handlers do with what they are given.</summary>
    public Action<object> Handle { get; set; } = static _ => { };

    public UnknownVersions UnknownVersions { get; set; }

    public string? DeadLetter { get; set; }

    public IOutputBackend? Outputs { get; set; }

    internal CapturedLog Log { get; } = new();

    public T Only<T>() => Assert.IsType<T>(Assert.Single(Seen));

    public PortableApp Build()
    {
        FunctionDefinition[] functions =
        [
            Function("Queue", new QueueSource("orders"), MessageReaders.Message(TriggersJson.Default.Item)),
            Function("Stream", new StreamSource("clicks") { BatchSize = 100 }, MessageReaders.Record(TriggersJson.Default.Item)),
            Function("Storage", new StorageSource("test-container", StorageChange.Created, "", ".txt"), MessageReaders.Object),
            Function("Deleted", new StorageSource("test-container", StorageChange.Deleted), MessageReaders.Object),
            Function("Event", new EventSource("com.acme.placed", 2, UnknownVersions), MessageReaders.Event(TriggersJson.Default.Item)),
            Function("Table", new TableSource("items") { BatchSize = 100 }, MessageReaders.Row(TriggersJson.Default.Item)),
            Function("Device", new DeviceSource("devices/+/telemetry"), MessageReaders.Device(TriggersJson.Default.Item)),
        ];
        return new PortableApp("azure", functions, [], app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(Log)), outputs: Outputs);
    }

    /// <summary>Delivers one value: texts in the managed way, texts in quotes of their own in the native one. Returns the failure's text, or null.</summary>
    public Task<string?> DeliverAsync(Way way, string function, string payload, Dictionary<string, object?>? data = null, int retries = 0) =>
        way == Way.Managed
            ? ManagedAsync(function, app => app.InvokeMessagesAsync(payload, data ?? [], retries, "inv-1", null, TestContext.Current.CancellationToken))
            : NativeAsync(function, "message", payload, data, retries);

    /// <summary>Delivers a batch of Event Hubs.</summary>
    public Task<string?> DeliverAsync(Way way, string function, string[] payloads, Dictionary<string, object?>? data = null, int retries = 0) =>
        way == Way.Managed
            ? ManagedAsync(function, app => app.InvokeMessagesAsync(payloads, data ?? [], retries, "inv-1", null, TestContext.Current.CancellationToken))
            : NativeAsync(function, "messages", payloads, data, retries);

    private MessageFunction Function<T>(string name, MessageSource source, MessageReader<T> reader)
        where T : class => new(name, source, call =>
        {
            Invocations.Enqueue(call.Context);
            return call.ForEachAsync(reader, (inner, message) =>
            {
                Traces.Enqueue((inner.Context.TraceParent, inner.Context.CorrelationId));
                Seen.Enqueue(message);
                Handle(message);
                return ValueTask.CompletedTask;
            });
        }, retry: RetryPolicy.Create(5), deadLetter: DeadLetter);

    private async Task<string?> ManagedAsync(string function, Func<AzureFunction, Task> call)
    {
        await using var app = Build();
        try
        {
            await call(new AzureFunction(app, function));
            return null;
        }
        catch (MessageFailedException e)
        {
            return e.Message;
        }
    }

    // As the host writes it: objects stay objects, everything else is its JSON in a text.
    private async Task<string?> NativeAsync(string function, string binding, object payload, Dictionary<string, object?>? data, int retries)
    {
        var metadata = (data ?? []).ToDictionary(static pair => pair.Key, static pair => pair.Value is string json && json.StartsWith('[') ? json : Scalar(pair.Value));
        if (retries > 0)
        {
            metadata["RetryContext"] = new { RetryCount = retries, MaxRetryCount = -1 };
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { Data = new Dictionary<string, object?> { [binding] = Scalar(payload) }, Metadata = metadata }, s_plain);
        return await PostAsync(function, body) is var (status, answer) && status == 200 ? null : answer;
    }

    /// <summary>Posts an invocation to the custom handler.</summary>
    public async Task<(int Status, string Answer)> PostAsync(string function, byte[] body)
    {
        await using var app = Build();
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = "/" + function;
        context.Request.Headers["X-Azure-Functions-InvocationId"] = "inv-1";
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await new CustomHandler(app, forwardsHttp: false).HandleAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static object? Scalar(object? value) => value switch
    {
        string text when text.StartsWith('{') => JsonSerializer.Deserialize<JsonElement>(text),
        null => null,
        _ => JsonSerializer.Serialize(value, s_plain),
    };
}
