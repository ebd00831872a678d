using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>
/// Runs an application on this machine: its routes on Kestrel, its queues and timers in memory, its workflows with a journal, and all of it visible and
/// reachable as JSON under <c>/_portable/</c>.
/// </summary>
/// <example>
/// A program or test that drives the application in process:
/// <code>
/// await using var host = await LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0" });
/// host.Queue("orders").Send("""{"id": 7}""");
/// await host.Queue("orders").WhenEmptyAsync();
/// await host.Timer("Sweep").FireAsync();
/// var run = host.Workflows.Start("order-fulfilment", """{"id": 7}""");
/// await run.Completion;
/// </code>
/// </example>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LocalHostOptions _options;
    private readonly IRunJournal _journal;
    private readonly HttpFunctionHandler _functions;
    private readonly Inspection _inspection;
    private KestrelHost? _server;
    private long _requests;
    private bool _disposed;

    private LocalHost(PortableApp application, LocalHostOptions options)
    {
        _options = options;
        _journal = options.JournalFile is { } file ? new SqliteJournal(file) : new MemoryJournal();
        Runtime = new LocalRuntime(application, options, _journal, () => Address, _stopping.Token);
        _functions = new HttpFunctionHandler(App.WithTelemetry(), App.Functions.OfType<HttpFunction>());
        _inspection = new Inspection(this);
    }

    /// <summary>The application as it runs here.</summary>
    public PortableApp App => Runtime.App;

    /// <summary>Where the host listens.</summary>
    public Uri Address => _server!.Addresses[0];

    /// <summary>What functions of messages take from, one for each function, whatever its kind.</summary>
    public IReadOnlyList<LocalSource> Sources => Runtime.Sources;

    /// <summary>The queues that functions take from.</summary>
    public IReadOnlyList<LocalQueue> Queues => Runtime.Queues;

    /// <summary>The streams that functions read.</summary>
    public IReadOnlyList<LocalStream> Streams => Runtime.Streams;

    /// <summary>The tables whose changes functions take.</summary>
    public IReadOnlyList<LocalTable> Tables => Runtime.Tables;

    /// <summary>The buckets that functions have named so far.</summary>
    public IReadOnlyList<LocalBucket> Buckets => Runtime.Buckets;

    /// <summary>What functions have sent to queues, the oldest first: the last 10,000 messages.</summary>
    public IReadOnlyList<SentMessage> Sent => Runtime.Outputs.Sent;

    /// <summary>The timers of schedule functions.</summary>
    public IReadOnlyList<LocalTimer> Timers => Runtime.Timers;

    /// <summary>The workflows and their runs.</summary>
    public LocalWorkflowEngine Workflows => Runtime.Workflows;

    /// <summary>The bus: the events that functions and workflows have published, unless the application has an <see cref="IEventBus"/> or <see cref="IEventPublisher"/> of its own.</summary>
    public LocalEventBus Events => Runtime.Events;

    internal LocalRuntime Runtime { get; }

    internal string? JournalFile => _options.JournalFile;

    internal string? BucketFolder => _options.BucketFolder;

    /// <summary>The queue of that name.</summary>
    /// <exception cref="ArgumentException">No function takes from it.</exception>
    public LocalQueue Queue(string name) => FindQueue(name)
        ?? throw new ArgumentException($"No function takes from a queue '{name}'; there is {Names.List(Queues.Select(queue => queue.Name))}.", nameof(name));

    /// <summary>What that function takes its messages from.</summary>
    /// <exception cref="ArgumentException">There is no such function of messages.</exception>
    public LocalSource Source(string functionName) => Runtime.FindSource(functionName)
        ?? throw new ArgumentException($"No function '{functionName}' takes messages; there is {Names.List(Sources.Select(source => source.Function))}.", nameof(functionName));

    /// <summary>The stream of that name.</summary>
    /// <exception cref="ArgumentException">No function reads it.</exception>
    public LocalStream Stream(string name) => Streams.FirstOrDefault(stream => stream.Name == name)
        ?? throw new ArgumentException($"No function reads a stream '{name}'; there is {Names.List(Streams.Select(stream => stream.Name))}.", nameof(name));

    /// <summary>The table of that name.</summary>
    /// <exception cref="ArgumentException">No function takes its changes.</exception>
    public LocalTable Table(string name) => Tables.FirstOrDefault(table => table.Name == name)
        ?? throw new ArgumentException($"No function takes the changes of a table '{name}'; there is {Names.List(Tables.Select(table => table.Name))}.", nameof(name));

    /// <summary>The bucket of that name; there is one of every name.</summary>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    public LocalBucket Bucket(string name) => Runtime.Bucket(OutputNames.Check("bucket", name));

    /// <summary>A topic that devices send to.</summary>
    /// <exception cref="ArgumentException">No function's filter takes the topic.</exception>
    public LocalDevice Device(string topic) => Runtime.FindDevice(topic)
        ?? throw new ArgumentException($"No function takes messages of the topic '{topic}'; there is {Names.List(Runtime.Of<DeviceSource>().Select(source => source.Name))}.", nameof(topic));

    /// <summary>The timer of that function.</summary>
    /// <exception cref="ArgumentException">There is no such schedule function.</exception>
    public LocalTimer Timer(string functionName) => FindTimer(functionName)
        ?? throw new ArgumentException($"There is no schedule '{functionName}'; there is {Names.List(Timers.Select(timer => timer.Name))}.", nameof(functionName));

    /// <summary>The whole program: starts, prints what there is, and runs until SIGINT or SIGTERM.</summary>
    /// <param name="app">The application; it is disposed in the end.</param>
    /// <param name="args">The command line; <c>--help</c> lists what it may be.</param>
    /// <returns>The exit code: 0, or 1 when the host could not start.</returns>
    public static async Task<int> RunAsync(PortableApp app, string[] args)
    {
        await using var owned = app;
        if (LocalArguments.AskForHelp(args))
        {
            await Console.Out.WriteAsync(LocalArguments.Help).ConfigureAwait(false);
            return 0;
        }

        try
        {
            var options = LocalArguments.Parse(args, Environment.GetEnvironmentVariable) with { Output = Console.Out };
            await using var host = await StartAsync(app, options).ConfigureAwait(false);
            await host._server!.RunUntilSignalAsync(options.Drain).ConfigureAwait(false);
            return 0;
        }
        catch (IOException e) when (KestrelHost.IsAddressInUse(e))
        {
            await Console.Error.WriteLineAsync($"The address is in use: {e.Message} Choose another port with --port NUMBER or {LocalArguments.PortVariable}.").ConfigureAwait(false);
            return 1;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or SocketException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>Starts a host.</summary>
    /// <param name="app">The application; the caller disposes it.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Cancels starting.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="FormatException">The address or a schedule is malformed.</exception>
    public static async Task<LocalHost> StartAsync(PortableApp app, LocalHostOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalHostOptions();
        var address = ParseAddress(options.Url);
        var host = new LocalHost(app, options);
        try
        {
            await host.App.StartAsync(buildServices: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            host.Workflows.Load();
            host._server = await KestrelHost.StartAsync(address, host.HandleAsync, () => host.App.CreateLogger("Portable.Local"), cancellationToken, HealthEndpoint.From(Environment.GetEnvironmentVariable)).ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        host.Workflows.Resume();
        if (options.RunTimers)
        {
            foreach (var timer in host.Timers)
            {
                timer.Start();
            }
        }

        if (options.Output is { } output)
        {
            await output.WriteAsync(Banner.Write(host)).ConfigureAwait(false);
        }

        return host;
    }

    /// <summary>Stops listening, lets requests and deliveries that have begun finish, and leaves the runs of workflows to the next process, or ends them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var timer in Timers)
        {
            timer.Dispose();
        }

        if (_server is not null)
        {
            await _server.StopAsync(_options.Drain).ConfigureAwait(false);
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        var work = Sources.Select(source => source.StopAsync()).Concat(Timers.Select(timer => timer.WhenIdleAsync())).Concat(Workflows.Runs.Select(run => run.Completion));
        await Task.WhenAny(Task.WhenAll(work), Task.Delay(_options.Drain)).ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
        await App.DisposeAsync().ConfigureAwait(false);
    }

    internal LocalQueue? FindQueue(string name) => Runtime.FindQueue(name);

    internal LocalTimer? FindTimer(string name) => Runtime.FindTimer(name);

    private static IPEndPoint ParseAddress(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/")
        {
            if (uri.Host == "localhost")
            {
                return new IPEndPoint(IPAddress.Loopback, uri.Port);
            }

            if (IPAddress.TryParse(uri.DnsSafeHost, out var address))
            {
                return new IPEndPoint(address, uri.Port);
            }
        }

        throw new FormatException($"'{url}' is not an address to listen on; write http://127.0.0.1:PORT or http://0.0.0.0:PORT.");
    }

    private Task HandleAsync(HttpContext context) => context.Request.Path.StartsWithSegments(Inspection.Root, out var rest)
        ? _inspection.HandleAsync(context, rest.Value ?? "")
        : _functions.HandleAsync(context, $"request-{Interlocked.Increment(ref _requests)}");
}
