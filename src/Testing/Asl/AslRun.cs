using System.Text;
using Portable.Testing.Jsonata.Evaluation;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>One execution of a machine: states one after the other, with their retriers and catchers.</summary>
internal sealed partial class AslRun
{
    private const int PayloadLimit = 262_144;

    /// <summary>How long an Express execution may take (developer guide, Standard and Express workflows).</summary>
    private static readonly TimeSpan s_expressLimit = TimeSpan.FromMinutes(5);

    private readonly AslMachine _machine;
    private readonly AslOptions _options;
    private readonly AslWorld _world;
    private readonly AslHistory _history;
    private readonly AslStop _stop;
    private readonly TimeSpan _start;
    private readonly List<SimulatedCall?> _calls = [];
    private readonly List<SimulatedPublication> _published = [];
    private readonly List<SimulatedChild?> _children = [];
    private object? _executionInput;
    private int _largest;

    public AslRun(AslMachine machine, AslOptions options, AslWorld world, AslStop? outer = null)
    {
        (_machine, _options, _world) = (machine, options, world);
        _history = new AslHistory(options);
        _stop = new AslStop(outer);
        _start = world.Clock.Elapsed;
        if (options.Express && machine.NotExpress is { } state)
        {
            throw new AslDefinitionException(state, "An Express workflow supports neither '.waitForTaskToken' nor '.sync'.");
        }
    }

    private VirtualClock Clock => _world.Clock;

    /// <summary>Runs the execution.</summary>
    /// <exception cref="AslStopped">What it belongs to was stopped.</exception>
    public async Task<SimulationResult> ExecuteAsync(string inputJson)
    {
        if (Limit() is { } limit)
        {
            Clock.At(_start + limit, _stop.Request, afterwards: true);
        }

        string? output = null;
        SimulationError? error = null;
        try
        {
            _executionInput = JsonataJson.Parse(inputJson);
            output = JsonataJson.Write(await MachineAsync(_machine, Sized(_executionInput!), new AslVariables(null), _stop).ConfigureAwait(false));
            _history.Add(1);
        }
        catch (AslError e)
        {
            error = new SimulationError(e.Name, e.Cause ?? "");
        }
        catch (AslStopped) when (!_stop.OuterRequested)
        {
            error = new SimulationError(AslError.TimedOut, "");
        }

        return new SimulationResult(output, error, [.. _calls.OfType<SimulatedCall>()], Clock.Elapsed - _start, _history.Transitions)
        {
            Published = [.. _published],
            Children = [.. _children.OfType<SimulatedChild>()],
            BilledTransitions = _options.Express ? 0 : _history.Transitions,
            HistoryEvents = _history.Events + (error is null ? 0 : 1),
            LargestPayloadBytes = _largest,
            PayloadLimitBytes = PayloadLimit,
        };
    }

    private TimeSpan? Limit() => !_options.Express ? _machine.Timeout
        : _machine.Timeout is { } own && own < s_expressLimit ? own
        : s_expressLimit;

    private async Task<object> MachineAsync(AslMachine machine, object input, AslVariables variables, AslStop stop)
    {
        var name = machine.StartAt;
        while (true)
        {
            stop.ThrowIfRequested();
            var frame = new AslFrame(machine.States[name], input, variables, stop);
            _history.Transition();
            _history.Add(1);
            var (output, next) = await StateAsync(frame).ConfigureAwait(false);
            _history.Add(1);
            if (next is null)
            {
                stop.ThrowIfRequested();
                return output;
            }

            (input, name) = (output, next);
        }
    }

    private async Task<(object Output, string? Next)> StateAsync(AslFrame frame)
    {
        var state = frame.State;
        var retries = new int[state.Retriers.Count];
        while (true)
        {
            AslError error;
            try
            {
                return await AttemptAsync(frame).ConfigureAwait(false);
            }
            catch (AslError e)
            {
                error = e;
            }

            frame.Stop.ThrowIfRequested();
            var matching = state.Retriers.Select(static (retrier, index) => (retrier, index)).FirstOrDefault(entry => entry.retrier.ErrorEquals.Any(error.Matches));
            if (matching.retrier is { } retrier && retries[matching.index] < retrier.MaxAttempts)
            {
                await WaitAsync(frame, retrier.Delay(retries[matching.index])).ConfigureAwait(false);
                retries[matching.index]++;
                frame.RetryCount++;
                _history.Transition();
                continue;
            }

            if (state.Catchers.FirstOrDefault(catcher => catcher.ErrorEquals.Any(error.Matches)) is { } handler)
            {
                return Caught(frame, handler, error);
            }

            throw error;
        }
    }

    private async Task<(object Output, string? Next)> AttemptAsync(AslFrame frame)
    {
        var state = frame.State;
        switch (state.Type)
        {
            case AslStateType.Task:
                return Finish(frame, state.Output, state.Assign, await TaskAsync(frame).ConfigureAwait(false), state.Next);
            case AslStateType.Parallel:
                return Finish(frame, state.Output, state.Assign, await ParallelAsync(frame).ConfigureAwait(false), state.Next);
            case AslStateType.Map:
                return Finish(frame, state.Output, state.Assign, await MapAsync(frame).ConfigureAwait(false), state.Next);
            case AslStateType.Pass or AslStateType.Succeed:
                return Finish(frame, state.Output, state.Assign, null, state.Next);
            case AslStateType.Wait:
                await WaitAsync(frame, WaitTime(frame)).ConfigureAwait(false);
                return Finish(frame, state.Output, state.Assign, null, state.Next);
            case AslStateType.Choice:
                return Choose(frame);
            default:
                throw new AslError(OptionalText(frame, state.Error) ?? "", OptionalText(frame, state.Cause));
        }
    }

    /// <summary>Waits unless the state is stopped.</summary>
    private async Task WaitAsync(AslFrame frame, TimeSpan time)
    {
        await Clock.WaitAsync(time, "", frame.Stop.Signals).ConfigureAwait(false);
        frame.Stop.ThrowIfRequested();
    }

    private (object Output, string? Next) Choose(AslFrame frame)
    {
        foreach (var choice in frame.State.Choices)
        {
            if (Evaluate(frame, choice.Condition) is not bool holds)
            {
                throw new AslError(AslError.QueryEvaluation, $"A condition of '{frame.State.Name}' is no boolean.");
            }

            if (holds)
            {
                return Finish(frame, choice.Output, choice.Assign, null, choice.Next);
            }
        }

        return frame.State.Default is { } otherwise
            ? Finish(frame, frame.State.Output, frame.State.Assign, null, otherwise)
            : throw new AslError(AslError.NoChoice, $"No choice of '{frame.State.Name}' matched, and it has no default.");
    }

    private (object Output, string? Next) Caught(AslFrame frame, AslCatcher handler, AslError error)
    {
        var output = new JsonataObject { ["Error"] = error.Name };
        if (error.Cause is not null)
        {
            output["Cause"] = error.Cause;
        }

        frame.ErrorOutput = output;
        frame.Result = null;
        return Finish(frame, handler.Output, handler.Assign, output, handler.Next);
    }

    /// <summary>Evaluates output and variables, both with the variables as they were when the state began.</summary>
    private (object Output, string? Next) Finish(AslFrame frame, AslTemplate? output, IReadOnlyList<(string Name, AslTemplate Value)> assign, object? result, string? next)
    {
        if (frame.ErrorOutput is null)
        {
            frame.Result = result;
        }

        var value = Sized(output is not null ? Evaluate(frame, output) : result ?? frame.Input);
        var assigned = assign.Select(entry => (entry.Name, Sized(Evaluate(frame, entry.Value)))).ToList();
        foreach (var (name, variable) in assigned)
        {
            frame.Variables.Set(name, variable);
        }

        return (value, next);
    }

    private object Evaluate(AslFrame frame, AslTemplate template) =>
        template.Evaluate(frame.Scope(Context(frame)), new EvaluationClock(Clock.Now, _world.NewUuid), _options.Evaluated);

    private object Sized(object value)
    {
        var size = Encoding.UTF8.GetByteCount(JsonataJson.Write(value));
        _largest = Math.Max(_largest, size);
        return size <= PayloadLimit ? value : throw new AslError(AslError.DataLimit, $"A payload has {size} bytes, more than {PayloadLimit}.");
    }
}
