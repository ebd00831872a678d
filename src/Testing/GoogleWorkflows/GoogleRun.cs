using System.Text;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>One execution of a workflow.</summary>
internal sealed partial class GoogleRun
{
    private const int CallDepth = 20;
    private const int ArgumentLimit = 32 * 1024;
    private readonly IReadOnlyDictionary<string, GoogleRoutine> _routines;
    private readonly GoogleWorkflowOptions _options;
    private readonly GoogleWorld _world;
    private readonly GoogleMemory _memory = new();
    private readonly GoogleLibrary _library;
    private readonly GoogleEvaluator _evaluator;
    private readonly GoogleHttpCaller _http;
    private readonly TimeSpan _start;
    private readonly List<GoogleCallback> _callbacks = [];
    private readonly List<SimulatedPublication> _published = [];
    private readonly List<SimulatedChild?> _children = [];
    private int _steps;

    public GoogleRun(IReadOnlyDictionary<string, GoogleRoutine> routines, GoogleWorkflowOptions options, GoogleWorld world)
    {
        (_routines, _options, _world) = (routines, options, world);
        _start = world.Clock.Elapsed;
        _library = new GoogleLibrary(options, world);
        _evaluator = new GoogleEvaluator(_library, Named);
        _http = new GoogleHttpCaller(world, options);
    }

    private VirtualClock Clock => _world.Clock;

    private string ExecutionName => NameOf(_options);

    public async Task<SimulationResult> ExecuteAsync(string? argumentJson)
    {
        string? output = null;
        SimulationError? error = null;
        try
        {
            if (argumentJson is not null && Encoding.UTF8.GetByteCount(argumentJson) > ArgumentLimit)
            {
                throw GoogleError.Of("ResourceLimitError", $"an argument has at most {ArgumentLimit} bytes");
            }

            var main = _routines["main"];
            object?[] arguments = main.Parameters.Count == 0 ? [] : [argumentJson is null ? null : GoogleJson.Parse(argumentJson)];
            output = GoogleJson.Write(await RoutineAsync(main, main.Parameters.Zip(arguments, static (parameter, value) => (parameter.Name, value)), 1, 0).ConfigureAwait(false));
        }
        catch (GoogleError e)
        {
            error = e.ToSimulationError();
        }

        // Whoever calls a callback of an execution that has ended gets a 404.
        _callbacks.ForEach(static callback => callback.IsOpen = false);
        return new SimulationResult(output, error, [.. _http.Calls.OfType<SimulatedCall>()], Clock.Elapsed - _start, _steps)
        {
            Published = [.. _published],
            Children = [.. _children.OfType<SimulatedChild>()],
            BilledTransitions = _steps,
            LargestPayloadBytes = _memory.Largest,
            PayloadLimitBytes = GoogleMemory.Limit,
        };
    }

    private static string NameOf(GoogleWorkflowOptions options) =>
        $"projects/{options.ProjectId}/locations/{options.Location}/workflows/{options.WorkflowId}/executions/{options.ExecutionId}";

    /// <summary>What a name stands for that is no variable: a subworkflow, or a part of the default policy.</summary>
    private GoogleFunction? Named(string name) =>
        _routines.ContainsKey(name) || name is "http.default_retry" or "http.default_retry_predicate" or "retry.default_backoff" or "retry.always" or "retry.never"
        ? new GoogleFunction(name)
        : name.StartsWith("http.default_retry", StringComparison.Ordinal) ? throw new GoogleNotSimulatedException(name)
        : null;

    private async Task<object?> RoutineAsync(GoogleRoutine routine, IEnumerable<(string Name, object? Value)> arguments, int depth, int parallel)
    {
        if (depth > CallDepth)
        {
            throw GoogleError.Of("RecursionError", $"the call depth exceeds {CallDepth}");
        }

        using var scope = GoogleScope.OfRoutine(_memory);
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

        var flow = await StepsAsync(routine.Steps, new Frame(scope, depth, parallel)).ConfigureAwait(false);
        return flow.Value;
    }

    private async Task<Flow> StepsAsync(IReadOnlyList<GoogleStep> steps, Frame frame)
    {
        for (var i = 0; i < steps.Count;)
        {
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
            catch (GoogleError e)
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

        using var scope = frame.Scope.Inner();
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
                frame.Scope.Changed(target.Variable, step);
                break;
            case (List<object?> list, long index) when index >= 0 && index < list.Count:
                list[(int)index] = value;
                frame.Scope.Changed(target.Variable, step);
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

    /// <summary>Where a step runs.</summary>
    /// <param name="Scope">Its variables.</param>
    /// <param name="Depth">How deep its subworkflow is called.</param>
    /// <param name="Parallel">How many parallel steps are around it.</param>
    private sealed record Frame(GoogleScope Scope, int Depth, int Parallel);
}
