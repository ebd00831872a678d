namespace Portable.Testing.GoogleWorkflows;

/// <content>Calls of what blocks: HTTP, sleeping, callbacks, connectors, subworkflows.</content>
internal sealed partial class GoogleRun
{
    private const int LongestSleep = 31_536_000;

    private async Task CallAsync(GoogleStep step, GoogleAction.Call call, Frame frame)
    {
        var arguments = new GoogleArguments(call.Function, [.. call.Arguments.Select(argument => (argument.Name, GoogleJson.Copy(_evaluator.Evaluate(argument.Value, frame.Scope))))]);
        var result = await ResultAsync(step, call.Function, arguments, frame).ConfigureAwait(false);
        if (call.Result is { } target)
        {
            Assign(target, result, frame, step.Name);
        }
    }

    private async Task<object?> ResultAsync(GoogleStep step, string function, GoogleArguments arguments, Frame frame)
    {
        switch (function)
        {
            case "http.get" or "http.post" or "http.put" or "http.patch" or "http.delete":
                return await _http.CallAsync(step.Name, function[5..].ToUpperInvariant(), arguments).ConfigureAwait(false);
            case "http.request":
                return await _http.CallAsync(step.Name, arguments.Text("method").ToUpperInvariant(), arguments).ConfigureAwait(false);
            case "sys.sleep":
                var seconds = Number(arguments.Only("seconds").Required("seconds"), "seconds");
                if (seconds is < 0 or > LongestSleep)
                {
                    throw GoogleError.Of("ValueError", $"'seconds' is 0 to {LongestSleep}");
                }

                await Clock.DelayAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
                return null;
            case "sys.sleep_until":
                var until = GoogleTime.Parse(arguments.Only("time").Required("time"), "'time'");
                if (until - Clock.Now > TimeSpan.FromSeconds(LongestSleep))
                {
                    throw GoogleError.Of("ValueError", "'time' is at most one year from now");
                }

                await Clock.DelayAsync(until - Clock.Now).ConfigureAwait(false);
                return null;
            case "sys.log":
                arguments.Only("data", "text", "json", "severity", "timeout");
                return null;
            case "events.create_callback_endpoint":
                var callback = _world.NewCallback(ExecutionName, arguments.Only("http_callback_method").Optional("http_callback_method") as string ?? "POST");
                _callbacks.Add(callback);
                return new GoogleMap { ["url"] = callback.Url };
            case "events.await_callback":
                return await AwaitCallbackAsync(arguments.Only("callback", "timeout")).ConfigureAwait(false);
            case var _ when function.StartsWith("googleapis.", StringComparison.Ordinal):
                return await ConnectAsync(function, arguments).ConfigureAwait(false);
            case var _ when _routines.TryGetValue(function, out var routine):
                return await RoutineAsync(routine, arguments.Given, frame.Depth + 1, frame.Parallel).ConfigureAwait(false);
            case "sys.now" or "uuid.generate" when arguments.Given.Count == 0:
                return _library.Call(function, []);
            default:
                throw new GoogleNotSimulatedException($"the call '{function}'");
        }
    }

    private async Task<object?> AwaitCallbackAsync(GoogleArguments arguments)
    {
        if (arguments.Required("callback") is not GoogleMap details || !details.TryGet("url", out var url) || url is not string address
            || _callbacks.Find(candidate => candidate.Url == address) is not { } callback)
        {
            throw GoogleError.Of("ValueError", "'callback' is a callback endpoint of this execution");
        }

        // Twelve hours when nothing else is said.
        var timeout = arguments.Optional("timeout") is { } given ? Number(given, "timeout") : 43_200;
        if (timeout < 0)
        {
            throw GoogleError.Of("ValueError", "'timeout' is not below zero");
        }

        var deadline = Clock.Elapsed + TimeSpan.FromSeconds(timeout);
        while (callback.Received.Count == 0)
        {
            if (!await Clock.WaitAsync(deadline - Clock.Elapsed, "a callback", callback.Arrival).ConfigureAwait(false))
            {
                throw GoogleError.Of("TimeoutError", $"no callback within {timeout} seconds");
            }
        }

        return new GoogleMap
        {
            ["http_request"] = new GoogleMap
            {
                ["body"] = GoogleJson.Parse(callback.Received.Dequeue()),
                ["headers"] = new GoogleMap { ["Content-Type"] = "application/json" },
                ["method"] = callback.Method,
                ["query"] = new GoogleMap(),
                ["url"] = callback.Url,
            },
            ["received_time"] = GoogleTime.Format(Clock.Now, ""),
            ["type"] = "HTTP",
        };
    }
}

/// <summary>The arguments of a call by name.</summary>
internal sealed record GoogleArguments(string Function, IReadOnlyList<(string Name, object? Value)> Given)
{
    /// <summary>Refuses any other argument.</summary>
    public GoogleArguments Only(params string[] names) => Given.FirstOrDefault(argument => !names.Contains(argument.Name)).Name is { } unknown
        ? throw GoogleError.Of("TypeError", $"{Function} has no argument '{unknown}'")
        : this;

    public bool Has(string name) => Given.Any(argument => argument.Name == name);

    public object? Optional(string name) => Given.FirstOrDefault(argument => argument.Name == name).Value;

    public object Required(string name) => Optional(name) ?? throw GoogleError.Of("TypeError", $"{Function} misses the argument '{name}'");

    public string Text(string name) => Required(name) as string ?? throw GoogleError.Of("TypeError", $"'{name}' is a string");
}
