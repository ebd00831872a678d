using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portable.Runtime;
using Portable.Runtime.Idempotency;

namespace Portable.Local;

/// <summary>Everything that starts functions on this machine but HTTP: what <see cref="LocalHost"/> and the test kit have in common.</summary>
internal sealed class LocalRuntime
{
    private readonly ConcurrentDictionary<string, LocalBucket> _buckets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LocalDevice> _devices = new(StringComparer.Ordinal);
    private readonly IBlobStorage _storage;
    private long _deviceMessages;

    public LocalRuntime(PortableApp application, LocalHostOptions options, IRunJournal journal, Func<Uri> address, CancellationToken stopping)
    {
        Outputs = new LocalOutputs(this);
        var app = App = application.With(Configure, options.Time, outputs: Outputs);
        Events = new LocalEventBus(app.Time);
        Urls = new PresignedUrls(app.Time, address);
        _storage = options.BucketFolder is { } folder ? new FolderBlobs(folder) : new MemoryBlobs();
        Invoker = new FunctionInvoker(app);
        var setup = new SourceSetup(app, Invoker, options.MaxAttempts, Math.Max(1, options.Concurrency), stopping);
        Sources = [.. app.Functions.OfType<MessageFunction>().Select(function => function.Source is QueueSource ? new LocalQueue(setup, function) : new LocalSource(setup, function))];
        Queues = [.. Sources.OfType<LocalQueue>()];
        Streams = Grouped<StreamSource, LocalStream>((name, readers) => new LocalStream(name, readers, app.Time));
        Tables = Grouped<TableSource, LocalTable>((name, readers) => new LocalTable(name, readers, app.Time));
        Events.Subscribers = Of<EventSource>();
        Timers = [.. app.Functions.OfType<ScheduleFunction>().Select(function => new LocalTimer(app, Invoker, function, stopping))];
        Workflows = new LocalWorkflowEngine(app, journal: journal, stopping: stopping);
        if (Queues.GroupBy(queue => queue.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            throw new InvalidOperationException($"The functions {Names.List(shared.Select(queue => queue.Function))} take from the same queue '{shared.Key}'; a queue has one function.");
        }

        foreach (var bucket in Of<StorageSource>().Select(static source => source.Name).Distinct(StringComparer.Ordinal))
        {
            Bucket(bucket);
        }
    }

    public PortableApp App { get; }

    public FunctionInvoker Invoker { get; }

    public LocalOutputs Outputs { get; }

    public PresignedUrls Urls { get; }

    public IReadOnlyList<LocalSource> Sources { get; }

    public IReadOnlyList<LocalQueue> Queues { get; }

    public IReadOnlyList<LocalStream> Streams { get; }

    public IReadOnlyList<LocalTable> Tables { get; }

    public IReadOnlyList<LocalTimer> Timers { get; }

    public LocalWorkflowEngine Workflows { get; }

    public LocalEventBus Events { get; }

    public IReadOnlyList<LocalBucket> Buckets => [.. _buckets.Values.OrderBy(static bucket => bucket.Bucket, StringComparer.Ordinal)];

    public LocalQueue? FindQueue(string name) => Queues.FirstOrDefault(queue => queue.Name == name);

    public LocalSource? FindSource(string function) => Sources.FirstOrDefault(source => string.Equals(source.Function, function, StringComparison.OrdinalIgnoreCase));

    public LocalTimer? FindTimer(string name) => Timers.FirstOrDefault(timer => string.Equals(timer.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bucket of a name that was checked; buckets need nobody to ask for them before.</summary>
    public LocalBucket Bucket(string name) =>
        _buckets.GetOrAdd(name, static (key, self) => new LocalBucket(key, self._storage, self.Urls, [.. self.Of<StorageSource>().Where(source => source.Name == key)], self.App.Time), this);

    /// <summary>The topic; <see langword="null"/> when no function's filter takes it.</summary>
    public LocalDevice? FindDevice(string topic)
    {
        IReadOnlyList<LocalSource> readers = [.. Of<DeviceSource>().Where(source => TopicFilter.Matches(source.Name, topic))];
        return readers.Count == 0 ? null
            : _devices.GetOrAdd(topic, static (key, self) => new LocalDevice(key, self.Readers, self.Runtime.App.Time, () => Interlocked.Increment(ref self.Runtime._deviceMessages)), (Readers: readers, Runtime: this));
    }

    public IReadOnlyList<LocalSource> Of<TSource>()
        where TSource : MessageSource => [.. Sources.Where(static source => source.Definition.Source is TSource)];

    private IReadOnlyList<T> Grouped<TSource, T>(Func<string, IReadOnlyList<LocalSource>, T> create)
        where TSource : MessageSource =>
        [.. Of<TSource>().GroupBy(static source => source.Name, StringComparer.Ordinal).Select(group => create(group.Key, [.. group]))];

    // What the user's startup class registers comes first and wins.
    private void Configure(IPortableBuilder app)
    {
        app.Services.TryAddSingleton<IWorkflowClient>(_ => new LocalWorkflowClient(Workflows));

        // Not in a file: local messages are counted from 1 again when the host starts again, and new ones would pass for old ones.
        if (!app.Services.Any(static service => service.ServiceType == typeof(IIdempotencyStore)))
        {
            app.UseMemoryIdempotency();
        }
    }
}
