using Portable.Runtime;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>One execution of a workflow.</summary>
internal sealed class GoogleRun
{
    private const int CallDepth = 20;
    private readonly IReadOnlyDictionary<string, GoogleRoutine> _routines;
    private readonly GoogleWorkflowOptions _options;
    private readonly VirtualClock _clock;
    private readonly GoogleLibrary _library;
    private readonly GoogleEvaluator _evaluator;
    private readonly GoogleHttpCaller _http;
    private int _steps;

    public GoogleRun(IReadOnlyDictionary<string, GoogleRoutine> routines, GoogleHttpHandler http, GoogleWorkflowOptions options, CancellationToken cancellation)
    {
        (_routines, _options) = (routines, options);
        _clock = new VirtualClock(options.StartTime);
        _library = new GoogleLibrary(options, _clock);
        _evaluator = new GoogleEvaluator(_library, Named);
        _http = new GoogleHttpCaller(http, _clock, cancellation);
    }

    public async Task<SimulationResult> ExecuteAsync(string? argumentJson)
    {
        string? output = null;
        SimulationError? error = null;
        try
        {
            var main = _routines["main"];
            object?[] arguments = main.Parameters.Count == 0 ? [] : [argumentJson is null ? null : GoogleJson.Parse(argumentJson)];
            output = GoogleJson.Write(await RoutineAsync(main, main.Parameters.Zip(arguments, static (parameter, value) => (parameter.Name, value)), 1).ConfigureAwait(false));
        }
        catch (GoogleError e)
        {
            error = e.ToSimulationError();
        }

        return new SimulationResult(output, error, [.. _http.Calls], _clock.Elapsed, _steps);
    }

    /// <summary>What a name stands for that is no variable: a subworkflow, or a part of the default policy.</summary>
    private GoogleFunction? Named(string name) => _routines.ContainsKey(name) || name is "http.default_retry" or "http.default_retry_predicate"
        ? new GoogleFunction(name)
        : name.StartsWith("http.default_retry", StringComparison.Ordinal) ? throw new GoogleNotSimulatedException(name)
        : null;

    private async Task<object?> RoutineAsync(GoogleRoutine routine, IEnumerable<(string Name, object? Value)> arguments, int depth)
    {
        if (depth > CallDepth)
        {
            throw GoogleError.Of("RecursionError", $"the call depth exceeds {CallDepth}");
        }

        var scope = new GoogleScope(null, GoogleScopeKind.Routine);
        var given = arguments.ToList();
        foreach (var (name, fallback) in routine.Parameters)
        {
            scope.Declare(name, given.Exists(argument => argument.Name == name) ? given.Find(argument => argument.Name == name).Value
                : fallback is not null ? _evaluator.Evaluate(fallback, scope)
                : throw GoogleError.Of("TypeError", $"'{routine.Name}' misses the argument '{name}'"));
        }

        if (given.Find(argument => routine.Parameters.All(parameter => parameter.Name != argument.Name)).Name is { } unknown)
        {
            throw GoogleError.Of("TypeError", $"'{routine.Name}' has no parameter '{unknown}'");
        }

        var flow = await StepsAsync(routine.Steps, new Frame(routine, scope, depth)).ConfigureAwait(false);
        return flow.Value;
    }

    private async Task<Flow> StepsAsync(IReadOnlyList<GoogleStep> steps, Frame frame)
    {
        for (var i = 0; i < steps.Count;)
        {
            frame.Stop?.ThrowIfRequested();
            var flow = await StepAsync(steps[i], frame).ConfigureAwait(false);
            if (flow.Kind == FlowKind.On)
            {
                i++;
                continue;
            }

            var target = flow.Kind == FlowKind.Jump ? steps.Select(static step => step.Name).ToList().IndexOf(flow.Target!) : -1;
            if (target < 0)
            {
                return flow;
            }

            i = target;
        }

        return default;
    }

    private async Task<Flow> StepAsync(GoogleStep step, Frame frame)
    {
        if (++_steps > _options.MaxSteps)
        {
            throw new SimulationLimitException($"The run went through more than {_options.MaxSteps} steps.");
        }

        var flow = await ActAsync(step, frame).ConfigureAwait(false);
        return flow.Kind != FlowKind.On ? flow : step.Next switch
        {
            null => default,
            "end" => new Flow(FlowKind.Return),
            "break" => new Flow(FlowKind.Break),
            "continue" => new Flow(FlowKind.Continue),
            var target => new Flow(FlowKind.Jump, target),
        };
    }

    private async Task<Flow> ActAsync(GoogleStep step, Frame frame)
    {
        switch (step.Action)
        {
            case GoogleAction.Assign assign:
                foreach (var (target, value) in assign.Values)
                {
                    Assign(target, GoogleJson.Copy(_evaluator.Evaluate(value, frame.Scope)), frame, step.Name);
                }

                return default;
            case GoogleAction.Call call:
                await CallAsync(step, call, frame).ConfigureAwait(false);
                return default;
            case GoogleAction.Switch cases:
                foreach (var item in cases.Cases)
                {
                    if (GoogleEvaluator.Boolean(_evaluator.Evaluate(item.Condition, frame.Scope), "condition"))
                    {
                        // A case without a jump of its own goes on behind the switch, not to the switch's own "next", which is for no match.
                        var flow = await StepAsync(item.Body, frame).ConfigureAwait(false);
                        return flow.Kind == FlowKind.On && step.Next is not null ? throw new GoogleNotSimulatedException($"a case of '{step.Name}' that ends without 'next' in a switch that has one") : flow;
                    }
                }

                return default;
            case GoogleAction.For loop:
                return await ForAsync(loop, frame).ConfigureAwait(false);
            case GoogleAction.Parallel parallel:
                return await ParallelAsync(step.Name, parallel, frame).ConfigureAwait(false);
            case GoogleAction.Try attempt:
                return await TryAsync(attempt, frame).ConfigureAwait(false);
            case GoogleAction.Raise raise:
                throw new GoogleError(_evaluator.Evaluate(raise.Value, frame.Scope));
            case GoogleAction.Return result:
                return new Flow(FlowKind.Return, Value: _evaluator.Evaluate(result.Value, frame.Scope));
            case GoogleAction.Block block:
                return await StepsAsync(block.Steps, frame).ConfigureAwait(false);
            default:
                return default;
        }
    }

    private async Task CallAsync(GoogleStep step, GoogleAction.Call call, Frame frame)
    {
        var arguments = call.Arguments.Select(argument => (argument.Name, Value: GoogleJson.Copy(_evaluator.Evaluate(argument.Value, frame.Scope)))).ToList();
        object? Argument(string name) => arguments.Find(argument => argument.Name == name).Value;
        object? result;
        switch (call.Function)
        {
            case "http.get" or "http.post" or "http.put" or "http.patch" or "http.delete":
                result = await _http.CallAsync(step.Name, call.Function[5..].ToUpperInvariant(), arguments).ConfigureAwait(false);
                break;
            case "http.request":
                result = await _http.CallAsync(step.Name, (Argument("method") as string ?? throw GoogleError.Of("TypeError", "http.request misses the argument 'method'")).ToUpperInvariant(), arguments).ConfigureAwait(false);
                break;
            case "sys.sleep":
                var seconds = Number(Argument("seconds"), "seconds");
                await _clock.DelayAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
                result = null;
                break;
            case "sys.log":
                result = null;
                break;
            default:
                result = _routines.TryGetValue(call.Function, out var routine)
                    ? await RoutineAsync(routine, arguments, frame.Depth + 1).ConfigureAwait(false)
                    : throw new GoogleNotSimulatedException($"the call '{call.Function}'");
                break;
        }

        if (call.Result is { } target)
        {
            Assign(target, result, frame, step.Name);
        }
    }

    private async Task<Flow> TryAsync(GoogleAction.Try attempt, Frame frame)
    {
        GoogleError error;
        var policy = attempt.Retry is { } retry ? new RetryState(retry, this, frame) : null;
        while (true)
        {
            try
            {
                return await StepsAsync(attempt.Steps, frame).ConfigureAwait(false);
            }
            catch (GoogleError e) when (frame.Stop?.Requested != true)
            {
                error = e;
            }

            if (policy is null || !await policy.AgainAsync(error).ConfigureAwait(false))
            {
                break;
            }
        }

        if (attempt.Handler is not { } handler)
        {
            throw error;
        }

        var scope = new GoogleScope(frame.Scope, GoogleScopeKind.Handler);
        if (attempt.Failure is { } name)
        {
            scope.Declare(name, GoogleJson.Copy(error.Value));
        }

        return await StepsAsync(handler, frame with { Scope = scope }).ConfigureAwait(false);
    }

    private async Task<Flow> ForAsync(GoogleAction.For loop, Frame frame)
    {
        var items = Items(loop, frame.Scope);
        for (var i = 0; i < items.Count; i++)
        {
            var flow = await StepsAsync(loop.Steps, frame with { Scope = LoopScope(loop, frame.Scope, items[i], i) }).ConfigureAwait(false);
            if (flow.Kind == FlowKind.Break)
            {
                break;
            }

            if (flow.Kind is not (FlowKind.On or FlowKind.Continue))
            {
                return flow;
            }
        }

        return default;
    }

    private async Task<Flow> ParallelAsync(string name, GoogleAction.Parallel parallel, Frame frame)
    {
        List<(string Id, GoogleScope Scope, IReadOnlyList<GoogleStep> Steps)> branches = [];
        if (parallel.Loop is { } loop)
        {
            branches.AddRange(Items(loop, frame.Scope).Select((item, i) => ($"{name}[{i}]", LoopScope(loop, BranchScope(parallel, frame.Scope), item, i), loop.Steps)));
        }
        else
        {
            branches.AddRange(parallel.Branches.Select(branch => (branch.Name, BranchScope(parallel, frame.Scope), (IReadOnlyList<GoogleStep>)[branch])));
        }

        var stop = new GoogleStop(frame.Stop);
        List<GoogleMap> failures = [];
        var next = 0;
        async Task Worker()
        {
            while (next < branches.Count && !stop.Requested)
            {
                var branch = branches[next++];
                try
                {
                    var flow = await StepsAsync(branch.Steps, frame with { Scope = branch.Scope, Stop = stop }).ConfigureAwait(false);
                    if (flow.Kind == FlowKind.Return)
                    {
                        throw new GoogleNotSimulatedException($"a return inside the parallel step '{name}'");
                    }
                }
                catch (GoogleError e) when (!stop.Requested)
                {
                    failures.Add(new GoogleMap { ["id"] = branch.Id, ["error"] = e.Value });
                    if (!parallel.ContinueAll)
                    {
                        stop.Request();
                    }
                }
                catch (GoogleStopped)
                {
                    // A sibling failed; this branch ends between two steps.
                }
            }
        }

        await _clock.RunAllAsync([.. Enumerable.Repeat<Func<Task>>(Worker, Math.Min(parallel.Concurrency, branches.Count))]).ConfigureAwait(false);
        frame.Stop?.ThrowIfRequested();
        if (failures.Count == 0)
        {
            return default;
        }

        var error = GoogleError.Map("UnhandledBranchError", "One or more branches or iterations encountered an unhandled runtime error");
        error["branches"] = failures.Cast<object?>().ToList();
        throw new GoogleError(error);
    }

    private List<object?> Items(GoogleAction.For loop, GoogleScope scope)
    {
        if (loop.In is { } source)
        {
            return _evaluator.Evaluate(source, scope) as List<object?> ?? throw GoogleError.Of("TypeError", "a loop goes over a list");
        }

        if (_evaluator.Evaluate(loop.Range!, scope) is not List<object?> { Count: 2 } range)
        {
            throw GoogleError.Of("TypeError", "a range is a list of two numbers");
        }

        List<object?> items = [];
        for (var item = range[0]; GoogleOperators.Apply("<=", item, range[1]) is true; item = GoogleOperators.Apply("+", item, 1L))
        {
            items.Add(item);
        }

        return items;
    }

    private static GoogleScope BranchScope(GoogleAction.Parallel parallel, GoogleScope scope) => new(scope, GoogleScopeKind.Branch, parallel.Shared);

    private static GoogleScope LoopScope(GoogleAction.For loop, GoogleScope outer, object? item, int index)
    {
        var scope = new GoogleScope(outer, GoogleScopeKind.Loop);
        scope.Declare(loop.Value, item);
        if (loop.Index is { } name)
        {
            scope.Declare(name, (long)index);
        }

        return scope;
    }

    private void Assign(GoogleTarget target, object? value, Frame frame, string step)
    {
        if (target.Path.Count == 0)
        {
            frame.Scope.Assign(target.Variable, value, step);
            return;
        }

        object? owner = frame.Scope.TryGet(target.Variable, out var root) ? root : throw GoogleError.Of("KeyError", $"variable '{target.Variable}' is not defined");
        foreach (var key in target.Path.SkipLast(1))
        {
            owner = GoogleEvaluator.Item(owner, _evaluator.Evaluate(key, frame.Scope));
        }

        switch (owner, _evaluator.Evaluate(target.Path[^1], frame.Scope))
        {
            case (GoogleMap map, string name):
                map[name] = value;
                break;
            case (List<object?> list, long index) when index >= 0 && index < list.Count:
                list[(int)index] = value;
                break;
            default:
                throw GoogleError.Of("TypeError", $"'{step}' assigns to a member that cannot be");
        }
    }

    private static double Number(object? value, string what) => value switch
    {
        long integer => integer,
        double number => number,
        _ => throw GoogleError.Of("TypeError", $"'{what}' is a number, not {GoogleLibrary.TypeName(value)}"),
    };

    private enum FlowKind
    {
        On,
        Jump,
        Break,
        Continue,
        Return,
    }

    private readonly record struct Flow(FlowKind Kind, string? Target = null, object? Value = null);

    private sealed record Frame(GoogleRoutine Routine, GoogleScope Scope, int Depth, GoogleStop? Stop = null);

    /// <summary>How often a try may still be repeated.</summary>
    private sealed class RetryState
    {
        private readonly GoogleRun _run;
        private readonly Frame _frame;
        private readonly GoogleFunction _predicate;
        private readonly double _maxDelay;
        private readonly double _multiplier;
        private double _left;
        private double _delay;

        public RetryState(GoogleRetry retry, GoogleRun run, Frame frame)
        {
            (_run, _frame) = (run, frame);
            object? Value(GoogleTemplate? template) => run._evaluator.Evaluate(template!, frame.Scope);
            if (retry.Policy is { } policy)
            {
                // The default policy: five retries after 1 second, times 1.25, at most 60 seconds.
                _predicate = Value(policy) is GoogleFunction { Name: "http.default_retry" }
                    ? new GoogleFunction("http.default_retry_predicate")
                    : throw GoogleError.Of("TypeError", "the retry is no policy");
                (_left, _delay, _maxDelay, _multiplier) = (5, 1, 60, 1.25);
                return;
            }

            _predicate = Value(retry.Predicate) as GoogleFunction ?? throw GoogleError.Of("TypeError", "a predicate is a subworkflow");
            _left = Number(Value(retry.MaxRetries), "max_retries");
            _delay = Number(Value(retry.InitialDelay), "initial_delay");
            _maxDelay = Number(Value(retry.MaxDelay), "max_delay");
            _multiplier = Number(Value(retry.Multiplier), "multiplier");
        }

        public async Task<bool> AgainAsync(GoogleError error)
        {
            if (_left <= 0 || !await HoldsAsync(error.Value).ConfigureAwait(false))
            {
                return false;
            }

            _left--;
            await _run._clock.DelayAsync(TimeSpan.FromSeconds(Math.Min(_delay, _maxDelay))).ConfigureAwait(false);
            _frame.Stop?.ThrowIfRequested();
            _delay *= _multiplier;
            return true;
        }

        private async Task<bool> HoldsAsync(object? error)
        {
            if (_predicate.Name == "http.default_retry_predicate")
            {
                var code = error is GoogleMap map && map.TryGet("code", out var status) ? status as long? : null;
                var tags = error is GoogleMap tagged && tagged.TryGet("tags", out var list) ? list as List<object?> : null;
                return code is 429 or 502 or 503 or 504 || tags?.Exists(static tag => tag is "ConnectionError" or "ConnectionFailedError" or "TimeoutError") == true;
            }

            var routine = _run._routines[_predicate.Name];
            var result = await _run.RoutineAsync(routine, [(routine.Parameters is [var (name, _)] ? name : throw GoogleError.Of("TypeError", "a predicate has one parameter"), GoogleJson.Copy(error))], _frame.Depth + 1).ConfigureAwait(false);
            return GoogleEvaluator.Boolean(result, "predicate");
        }
    }
}

/// <summary>Ends the branches of a parallel step after one of them failed.</summary>
internal sealed class GoogleStop(GoogleStop? outer)
{
    private bool _requested;

    public bool Requested => _requested || outer?.Requested == true;

    public void Request() => _requested = true;

    public void ThrowIfRequested()
    {
        if (Requested)
        {
            throw new GoogleStopped();
        }
    }
}

internal sealed class GoogleStopped : Exception;
