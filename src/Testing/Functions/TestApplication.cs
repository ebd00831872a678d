using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Portable.Local;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Testing;

/// <summary>
/// Runs the functions of an application in memory, with what starts them and what they send: queues, streams, buckets, events, tables, devices, schedules and
/// requests. Time is virtual: it passes when the test says so, and waits take none. No port is opened and no cloud is asked.
/// </summary>
/// <example>
/// <code>
/// await using var app = TestApplication.For&lt;OrderFunctions&gt;(app => app.Services.AddSingleton&lt;IOrderStore&gt;(store));
/// var response = await app.Post("/orders", new Order("o-1"));
/// Assert.Equal(202, response.StatusCode);
/// await app.Settle();
/// Assert.Equal("o-1", Assert.Single(app.Published&lt;OrderPlaced&gt;()).OrderId);
/// Assert.Empty(app.DeadLetters("fulfil"));
/// </code>
/// </example>
public sealed class TestApplication : IAsyncDisposable
{
    private const int Patience = 60_000; // milliseconds of real time

    private static readonly Uri Address = new("http://localhost/");

    private readonly CancellationTokenSource _stopping = new();
    private readonly VirtualTimeProvider _time;
    private readonly LocalRuntime _runtime;
    private readonly HttpFunctionHandler _http;
    private readonly TestContracts _contracts;
    private int _requests;

    private TestApplication(PortableApp app, Assembly? assembly, Action<IPortableBuilder>? configure, DateTimeOffset? start)
    {
        _time = new VirtualTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _runtime = new LocalRuntime(app.With(configure), new LocalHostOptions { Time = _time }, new MemoryJournal(), static () => Address, _stopping.Token);
        _http = new HttpFunctionHandler(_runtime.App, _runtime.App.Functions.OfType<HttpFunction>());
        _contracts = new TestContracts(_runtime.App, assembly);
        foreach (var timer in _runtime.Timers)
        {
            timer.Start();
        }
    }

    /// <summary>The application that a class belongs to, with the services of its startup class.</summary>
    /// <typeparam name="T">Any class of the application's project.</typeparam>
    /// <param name="configure">Replaces services: called after the startup class.</param>
    /// <param name="start">When virtual time begins; the start of 2026 unless said otherwise.</param>
    /// <exception cref="SimulationSetupException">The class's assembly is no Portable application.</exception>
    public static TestApplication For<T>(Action<IPortableBuilder>? configure = null, DateTimeOffset? start = null) => For(typeof(T).Assembly, configure, start);

    /// <summary>The application of an assembly; for projects whose classes are all static.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="configure">Replaces services: called after the startup class.</param>
    /// <param name="start">When virtual time begins; the start of 2026 unless said otherwise.</param>
    /// <exception cref="SimulationSetupException">The assembly is no Portable application.</exception>
    public static TestApplication For(Assembly assembly, Action<IPortableBuilder>? configure = null, DateTimeOffset? start = null) =>
        new(SimulatedApplication.Of(assembly).App, assembly, configure, start);

    /// <summary>An application as it is described by hand.</summary>
    /// <param name="app">The application.</param>
    /// <param name="configure">Replaces services.</param>
    /// <param name="start">When virtual time begins; the start of 2026 unless said otherwise.</param>
    public static TestApplication For(PortableApp app, Action<IPortableBuilder>? configure = null, DateTimeOffset? start = null) => new(app, null, configure, start);

    /// <summary>What time it is.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => _runtime.App.Services;

    /// <summary>The bus: what was published, and the means to publish as somebody else.</summary>
    public LocalEventBus Events => _runtime.Events;

    /// <summary>The workflows and their runs, on the local engine. To test workflows by themselves and on every engine, take <see cref="WorkflowSimulator"/>.</summary>
    public LocalWorkflowEngine Workflows => _runtime.Workflows;

    /// <summary>What functions have sent to queues, the oldest first.</summary>
    public IReadOnlyList<SentMessage> Sent => _runtime.Outputs.Sent;

    /// <summary>Sends a request to the function with its route.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path and query string.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Headers; a body is <c>application/json</c> unless they say otherwise.</param>
    /// <param name="cancellationToken">The caller goes away.</param>
    public async Task<TestResponse> Request(
        string method, string path, ReadOnlyMemory<byte> body = default, IReadOnlyDictionary<string, string>? headers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var url = new Uri(Address, path);
        var context = new DefaultHttpContext { RequestAborted = cancellationToken };
        context.Request.Method = method;
        context.Request.Scheme = url.Scheme;
        context.Request.Host = new HostString(url.Host);
        context.Request.Path = PathString.FromUriComponent(url);
        context.Request.QueryString = QueryString.FromUriComponent(url);
        context.Request.Body = new MemoryStream(body.ToArray());
        context.Request.ContentLength = body.Length;
        if (!body.IsEmpty)
        {
            context.Request.ContentType = "application/json";
        }

        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            context.Request.Headers[name] = value;
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await _http.HandleAsync(context, $"request-{Interlocked.Increment(ref _requests)}").ConfigureAwait(false);
        return new TestResponse(
            context.Response.StatusCode,
            context.Response.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            answer.ToArray(),
            _contracts);
    }

    /// <summary>GETs a path.</summary>
    /// <param name="path">The path and query string.</param>
    /// <param name="headers">Headers.</param>
    public Task<TestResponse> Get(string path, IReadOnlyDictionary<string, string>? headers = null) => Request("GET", path, default, headers);

    /// <summary>POSTs a body as JSON, by the application's contract of its type.</summary>
    /// <typeparam name="T">The type of the body.</typeparam>
    /// <param name="path">The path and query string.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Headers.</param>
    public Task<TestResponse> Post<T>(string path, T body, IReadOnlyDictionary<string, string>? headers = null) =>
        Request("POST", path, Encoding.UTF8.GetBytes(_contracts.Write(body)), headers);

    /// <summary>Sends a message to a queue, by the application's contract of its type.</summary>
    /// <typeparam name="T">The type of the body.</typeparam>
    /// <param name="queue">The queue.</param>
    /// <param name="body">The body.</param>
    /// <param name="options">Attributes, delay and order.</param>
    /// <returns>The identifier of the message.</returns>
    /// <exception cref="ArgumentException">No function takes from the queue.</exception>
    public string Send<T>(string queue, T body, SendOptions? options = null) =>
        Queue(queue).Send(Encoding.UTF8.GetBytes(_contracts.Write(body)), options?.Attributes, options?.Delay ?? default, options?.Group, options?.DeduplicationId);

    /// <summary>Publishes an event of the type that the payload's contract names, as somebody else would.</summary>
    /// <typeparam name="T">The type of the payload, with <see cref="EventContractAttribute"/>.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="options">Subject and identifier.</param>
    /// <returns>The identifier of the event.</returns>
    /// <exception cref="ArgumentException">The type has no event contract.</exception>
    public string Publish<T>(T payload, PublishOptions? options = null)
    {
        var contract = OutputContracts.Event<T>();
        return Events.Publish(contract.Type, _contracts.Write(payload), contract.Version, "test", options?.Subject, options?.Id);
    }

    /// <summary>Fires a schedule, once; the exception of the handler comes out here.</summary>
    /// <param name="function">The function.</param>
    /// <param name="scheduled">When it was due; now when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public Task Fire(string function, DateTimeOffset? scheduled = null) =>
        (_runtime.FindTimer(function) ?? throw Unknown("schedule", function, _runtime.Timers.Select(static timer => timer.Name))).FireAsync(scheduled);

    /// <summary>A queue that a function takes from: to send bodies that are no good, to look at what waits.</summary>
    /// <exception cref="ArgumentException">No function takes from it.</exception>
    public LocalQueue Queue(string name) => _runtime.FindQueue(name) ?? throw Unknown("queue", name, _runtime.Queues.Select(static queue => queue.Name));

    /// <summary>A stream that functions read.</summary>
    /// <exception cref="ArgumentException">No function reads it.</exception>
    public LocalStream Stream(string name) => _runtime.Streams.FirstOrDefault(stream => stream.Name == name) ?? throw Unknown("stream", name, _runtime.Streams.Select(static stream => stream.Name));

    /// <summary>A table whose changes functions take.</summary>
    /// <exception cref="ArgumentException">No function takes them.</exception>
    public LocalTable Table(string name) => _runtime.Tables.FirstOrDefault(table => table.Name == name) ?? throw Unknown("table", name, _runtime.Tables.Select(static table => table.Name));

    /// <summary>A bucket, with its objects.</summary>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    public LocalBucket Bucket(string name) => _runtime.Bucket(OutputNames.Check("bucket", name));

    /// <summary>A topic that devices send to.</summary>
    /// <exception cref="ArgumentException">No function's filter takes the topic.</exception>
    public LocalDevice Device(string topic) => _runtime.FindDevice(topic) ?? throw Unknown("function for the topic", topic, _runtime.Of<DeviceSource>().Select(static source => source.Name));

    /// <summary>What a function of messages takes from: what waits, what was done.</summary>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public LocalSource Source(string function) => _runtime.FindSource(function) ?? throw Unknown("function of messages", function, _runtime.Sources.Select(static source => source.Function));

    /// <summary>The bodies of the messages that functions have sent to a queue, whether or not one takes from it.</summary>
    /// <typeparam name="T">The type of the bodies.</typeparam>
    /// <param name="queue">The queue.</param>
    public IReadOnlyList<T> SentTo<T>(string queue) => [.. Sent.Where(sent => sent.Queue == queue).Select(sent => _contracts.Read<T>(sent.Body))];

    /// <summary>The payloads of the events of a type that were published, by functions, by workflows or by the test.</summary>
    /// <typeparam name="T">The type of the payloads, with <see cref="EventContractAttribute"/>.</typeparam>
    /// <exception cref="ArgumentException">The type has no event contract.</exception>
    public IReadOnlyList<T> Published<T>()
    {
        var contract = OutputContracts.Event<T>();
        return [.. Events.Events.Where(entry => entry.Event.Type == contract.Type && entry.Event.Version == contract.Version).Select(entry => _contracts.Read<T>(Encoding.UTF8.GetBytes(entry.Event.Json)))];
    }

    /// <summary>What a function could not handle, with the reasons.</summary>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public IReadOnlyList<DeadLetter> DeadLetters(string function) => Source(function).DeadLetters;

    /// <summary>
    /// Lets everything happen that is to happen: messages are handled, what fails is tried again after its wait, until every message is done or a dead letter. Runs of
    /// workflows go on until they wait for time or for something from outside.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SimulationLimitException">A handler does not come to an end.</exception>
    public async Task Settle(CancellationToken cancellationToken = default)
    {
        await Quiet(cancellationToken).ConfigureAwait(false);
        while (_runtime.Sources.Any(static source => !source.IsEmpty))
        {
            if (!_time.MoveOn())
            {
                throw new SimulationLimitException("Messages are left, and nothing would ever deliver them.");
            }

            await Quiet(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets time pass, with all that happens on the way: schedules fire, messages are tried again, waits of workflows end.</summary>
    /// <param name="by">How long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SimulationLimitException">A handler does not come to an end.</exception>
    public async Task Advance(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Now + by;
        await Quiet(cancellationToken).ConfigureAwait(false);
        while (_time.MoveOn(until))
        {
            await Quiet(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it; what is under way is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var timer in _runtime.Timers)
        {
            timer.Dispose();
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_runtime.Sources.Select(static source => source.StopAsync())), Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None)).ConfigureAwait(false);
        await _runtime.App.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task Quiet(CancellationToken cancellationToken)
    {
        var since = Environment.TickCount64;
        while (!IsQuiet())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Environment.TickCount64 - since > Patience)
            {
                throw new SimulationLimitException(
                    $"After {Patience / 1000} seconds these are still at work: {string.Join(", ", Busy())}. A handler that waits for the virtual clock waits until the test calls Advance from elsewhere.");
            }

            await Task.Yield();
        }
    }

    private bool IsQuiet() => _runtime.Sources.All(static source => source.IsIdle) && _runtime.Timers.All(static timer => !timer.IsActive) && _runtime.Workflows.IsIdle;

    private IEnumerable<string> Busy() =>
        _runtime.Sources.Where(static source => !source.IsIdle).Select(static source => source.Function)
            .Concat(_runtime.Timers.Where(static timer => timer.IsActive).Select(static timer => timer.Name))
            .Concat(_runtime.Workflows.Runs.Where(static run => !run.IsIdle).Select(static run => run.Id));

    private static ArgumentException Unknown(string kind, string name, IEnumerable<string> names) =>
        new($"There is no {kind} '{name}'; there is {string.Join(", ", names.Select(static known => $"'{known}'").DefaultIfEmpty("none"))}.", nameof(name));
}
