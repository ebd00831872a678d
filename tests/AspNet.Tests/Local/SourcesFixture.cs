using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Local;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>A local host whose functions of every kind write down what they get.</summary>
internal sealed class SourcesFixture : IAsyncDisposable
{
    private SourcesFixture(LocalHost host, ManualTimeProvider clock, SourcesApp app)
    {
        Host = host;
        Clock = clock;
        App = app;
        Http = new HttpClient { BaseAddress = host.Address };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public LocalHost Host { get; }

    public ManualTimeProvider Clock { get; }

    public SourcesApp App { get; }

    public HttpClient Http { get; }

    public static async Task<SourcesFixture> StartAsync(SourcesApp? app = null, Func<LocalHostOptions, LocalHostOptions>? options = null)
    {
        app ??= new SourcesApp();
        var clock = new ManualTimeProvider();
        var setup = new LocalHostOptions { Url = "http://127.0.0.1:0", Time = clock };
        return new SourcesFixture(await LocalHost.StartAsync(app.Build(), options?.Invoke(setup) ?? setup, Token), clock, app);
    }

    public Task<string> GetAsync(string path) => Http.GetStringAsync(path, Token);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body = "") =>
        Http.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body) }, Token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}

internal sealed record Click(string Key, int Number);

[EventContract("com.acme.placed", Version = 2)]
internal sealed record OrderPlaced(string Id);

[JsonSerializable(typeof(Click))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class SourcesJson : JsonSerializerContext;

internal sealed class SourcesApp
{
    /// <summary>What the functions got, as text, in order: <c>function what</c>.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    /// <summary>Called for each message before it is written down.</summary>
    public Func<string, Task> Handle { get; set; } = _ => Task.CompletedTask;

    public RetryPolicy Retry { get; set; } = RetryPolicy.Create(2, intervalSeconds: 10);

    public int StreamBatch { get; set; } = 3;

    public PortableApp Build() => new(
        "local",
        [
            Function("clicks", new StreamSource("clicks") { BatchSize = StreamBatch }, MessageReaders.Record(SourcesJson.Default.Click), static record => $"{record.PartitionKey}{record.Body.Number}"),
            Function("clicks-too", new StreamSource("clicks"), MessageReaders.Record(SourcesJson.Default.Click), static record => $"{record.PartitionKey}{record.Body.Number}"),
            Function("thumbnails", new StorageSource("uploads", StorageChange.Created, "pictures/", ".jpg"), MessageReaders.Object, static change => $"{change.Change} {change.Bucket} {change.Name} {change.Size} {change.ContentType}"),
            Function("cleanup", new StorageSource("uploads", StorageChange.Deleted), MessageReaders.Object, static change => $"{change.Change} {change.Name} {change.Size}"),
            Function("placed", new EventSource("com.acme.placed", 2), MessageReaders.Event(SourcesJson.Default.OrderPlaced), static e => $"{e.Data.Id} {e.Source} {e.Version} {e.Subject}"),
            Function("placed-too", new EventSource("com.acme.placed", 2, UnknownVersions.Skip), MessageReaders.Event(SourcesJson.Default.OrderPlaced), static e => e.Data.Id),
            Function("rows", new TableSource("orders"), MessageReaders.Row(SourcesJson.Default.Click), static row => $"{row.Key} {row.Kind} {row.Old?.Number}>{row.New?.Number}"),
            Function("telemetry", new DeviceSource("devices/+/telemetry"), MessageReaders.Device(SourcesJson.Default.Click), static message => $"{message.DeviceId} {message.Topic} {message.Body.Number}"),
            Function("fifo", new QueueSource("fifo", IsOrdered: true) { BatchSize = 2 }, MessageReaders.Message(SourcesJson.Default.Click), static message => $"{message.Body.Key}{message.Body.Number}"),
            Function("parcels", new QueueSource("parcels"), MessageReaders.Message(SourcesJson.Default.Click), static message => $"{message.Body.Number} {message.Attributes.GetValueOrDefault("tenant")}", "parcels-dead"),
            new HttpFunction("send", "POST", "/send/{number}", SendAsync),
        ],
        [],
        static app => app.Services.AddLogging(static logging => logging.ClearProviders()),
        contracts: [SourcesJson.Default],
        name: "sources");

    private MessageFunction Function<T>(string name, MessageSource source, MessageReader<T> reader, Func<T, string> text, string? deadLetter = null) =>
        new(name, source, call => call.ForEachAsync(reader, async (_, message) =>
        {
            var line = $"{name} {text(message)}";
            await Handle(line);
            Seen.Enqueue(line);
        }), retry: Retry, deadLetter: deadLetter);

    private static async ValueTask<HttpReply> SendAsync(HttpCall call)
    {
        var services = call.Context.Services;
        var binder = new HttpBinder(call);
        var number = binder.Route<int>("number");
        var attributes = new Dictionary<string, string> { ["tenant"] = "blue" };
        await services.GetQueue<Click>("parcels").Send(new Click("a", number), new SendOptions { Attributes = attributes, Delay = TimeSpan.FromSeconds(number) });
        await services.GetQueue<Click>("elsewhere").Send(new Click("b", number));
        await services.GetBucket("uploads").Put($"pictures/{number}.jpg", new byte[] { 1, 2, 3 }, "image/jpeg");
        await services.GetRequiredService<IEventBus>().Publish(new OrderPlaced(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), new PublishOptions { Subject = "s" });
        return HttpReply.Text((await services.GetBucket("uploads").Presign($"pictures/{number}.jpg", BlobAccess.Read, TimeSpan.FromMinutes(1))).ToString());
    }
}
