namespace Portable.Testing.GoogleWorkflows;

/// <summary>One execution of a workflow.</summary>
internal sealed partial class GoogleRun
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
}
