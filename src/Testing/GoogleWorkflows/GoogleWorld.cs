namespace Portable.Testing.GoogleWorkflows;

/// <summary>What an execution shares with the executions it starts: time, HTTP, events.</summary>
internal sealed class GoogleWorld
{
    private int _uuids;
    private int _runs;
    private int _callbacks;

    public GoogleWorld(GoogleHttpHandler http, GoogleWorkflowOptions options, CancellationToken cancellation)
    {
        (Http, Cancellation) = (http, cancellation);
        Clock = new VirtualClock(options.StartTime);
        Mailbox = new Mailbox(options.Events, options.ExecutionId, Clock);
    }

    public VirtualClock Clock { get; }

    public GoogleHttpHandler Http { get; }

    public CancellationToken Cancellation { get; }

    public Mailbox Mailbox { get; }

    /// <summary>Callback endpoints by address.</summary>
    public Dictionary<string, GoogleCallback> Callbacks { get; } = new(StringComparer.Ordinal);

    /// <summary>Executions that were started, by name.</summary>
    public Dictionary<string, GoogleExecution> Executions { get; } = new(StringComparer.Ordinal);

    public string NewUuid() => new Guid(_uuids++, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]).ToString();

    public string NewRun(string workflow) => $"{workflow}-run-{++_runs}";

    public GoogleCallback NewCallback(string execution, string method)
    {
        var callback = new GoogleCallback($"https://workflowexecutions.googleapis.com/v1/{execution}/callbacks/callback-{++_callbacks}", method);
        Callbacks.Add(callback.Url, callback);
        return callback;
    }
}

/// <summary>An endpoint that an execution made: it takes requests until the execution ends, and keeps those that nobody has waited for.</summary>
internal sealed class GoogleCallback(string url, string method)
{
    private VirtualClock.Signal _arrival = new();

    public string Url { get; } = url;

    public string Method { get; } = method;

    public bool IsOpen { get; set; } = true;

    /// <summary>Whether the application has been told that nobody waits here any more.</summary>
    public bool IsWithdrawn { get; set; }

    public Queue<string> Received { get; } = new();

    public VirtualClock.Signal Arrival => _arrival;

    public bool Post(string body)
    {
        if (!IsOpen)
        {
            return false;
        }

        Received.Enqueue(body);
        var arrival = _arrival;
        _arrival = new VirtualClock.Signal();
        arrival.Set();
        return true;
    }
}

/// <summary>An execution that was started by another.</summary>
internal sealed record GoogleExecution(string Name, string Workflow, string Argument, DateTimeOffset Start, VirtualClock.Signal Ended)
{
    public SimulationResult? Result { get; set; }

    public Exception? Broken { get; set; }

    public DateTimeOffset? End { get; set; }

    /// <summary>The resource that the API returns.</summary>
    public GoogleMap Describe()
    {
        var map = new GoogleMap
        {
            ["name"] = Name,
            ["argument"] = Argument,
            ["startTime"] = GoogleTime.Format(Start, ""),
            ["state"] = Result is null ? "ACTIVE" : Result.Succeeded ? "SUCCEEDED" : "FAILED",
        };
        if (End is { } end)
        {
            map["endTime"] = GoogleTime.Format(end, "");
        }

        if (Result?.Output is { } output)
        {
            map["result"] = output;
        }

        if (Result?.Error is { } error)
        {
            map["error"] = new GoogleMap { ["payload"] = error.Data ?? GoogleJson.Write(error.Message), ["context"] = $"RuntimeError: {error.Message}" };
        }

        return map;
    }
}

/// <summary>
/// The callbacks of a run and the events of its world, for who answers a call: a service that is handed a callback's address answers at once and
/// calls it later.
/// </summary>
public sealed class GoogleCallbacks
{
    private readonly GoogleWorld _world;
    private readonly string _run;

    internal GoogleCallbacks(GoogleWorld world, string run) => (_world, _run) = (world, run);

    /// <summary>Calls a callback.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="bodyJson">The body as JSON text.</param>
    /// <param name="after">When, from now. An execution that has ended by then is not there any more.</param>
    public void Post(string url, string bodyJson, TimeSpan after = default)
    {
        var callback = Of(url);
        _world.Clock.At(_world.Clock.Elapsed + after, () => callback.Post(bodyJson));
    }

    /// <summary>Calls a callback when an event comes, with its payload; see <see cref="GoogleWorkflowOptions.Events"/>.</summary>
    /// <param name="url">The callback's address.</param>
    /// <param name="name">The event's name.</param>
    public void PostEvent(string url, string name)
    {
        var callback = Of(url);
        _world.Mailbox.Await(_run, name, payload => !callback.IsWithdrawn && callback.Post(payload));
    }

    /// <summary>Ends <see cref="PostEvent"/>: nobody waits at the callback any more, though it would still be accepted there.</summary>
    /// <param name="url">The callback's address.</param>
    /// <returns>The payload of an event that was posted in the meantime and not received, or <see langword="null"/>.</returns>
    public string? Withdraw(string url)
    {
        var callback = Of(url);
        callback.IsWithdrawn = true;
        return callback.Received.TryDequeue(out var payload) ? payload : null;
    }

    /// <summary>Takes an event that has been raised already.</summary>
    /// <param name="name">The event's name.</param>
    /// <returns>The payload as JSON text, or <see langword="null"/>.</returns>
    public string? TakeEvent(string name) => _world.Mailbox.Take(_run, name);

    private GoogleCallback Of(string url) => _world.Callbacks.TryGetValue(url, out var callback)
        ? callback
        : throw new ArgumentException($"No execution has the callback {url}.", nameof(url));
}
