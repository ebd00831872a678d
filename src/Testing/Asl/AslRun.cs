using System.Globalization;
using System.Text;
using Portable.Runtime;
using Portable.Testing.Jsonata.Evaluation;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>One execution of a machine.</summary>
internal sealed class AslRun
{
    private const int PayloadLimit = 262_144;
    private readonly AslMachine _machine;
    private readonly AslTaskHandler _tasks;
    private readonly AslOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly VirtualClock _clock;
    private readonly List<SimulatedCall> _calls = [];
    private object? _executionInput;
    private int _transitions;
    private int _uuids;

    public AslRun(AslMachine machine, AslTaskHandler tasks, AslOptions options, CancellationToken cancellation)
    {
        (_machine, _tasks, _options, _cancellation) = (machine, tasks, options, cancellation);
        _clock = new VirtualClock(options.StartTime);
    }

    public async Task<SimulationResult> ExecuteAsync(string inputJson)
    {
        string? output = null;
        SimulationError? error = null;
        try
        {
            _executionInput = JsonataJson.Parse(inputJson);
            output = JsonataJson.Write(await MachineAsync(_machine, Sized(_executionInput!), new AslVariables(null), new Stop(null)).ConfigureAwait(false));
        }
        catch (AslError e)
        {
            error = new SimulationError(e.Name, e.Cause ?? "");
        }

        return new SimulationResult(output, error, [.. _calls], _clock.Elapsed, _transitions);
    }

    private async Task<object> MachineAsync(AslMachine machine, object input, AslVariables variables, Stop stop)
    {
        var deadline = machine.Timeout is { } timeout ? _clock.Elapsed + timeout : (TimeSpan?)null;
        var name = machine.StartAt;
        while (true)
        {
            stop.ThrowIfRequested();
            if (deadline < _clock.Elapsed)
            {
                throw new AslError(AslError.TimedOut, null);
            }

            var frame = new Frame(machine.States[name], input, variables, stop);
            Count();
            var (output, next) = await StateAsync(frame).ConfigureAwait(false);
            if (next is null)
            {
                return deadline < _clock.Elapsed ? throw new AslError(AslError.TimedOut, null) : output;
            }

            (input, name) = (output, next);
        }
    }

    private async Task<(object Output, string? Next)> StateAsync(Frame frame)
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
            catch (AslError e) when (!frame.Stop.Requested)
            {
                error = e;
            }

            var matching = state.Retriers.Select(static (retrier, index) => (retrier, index)).FirstOrDefault(entry => entry.retrier.ErrorEquals.Any(error.Matches));
            if (matching.retrier is { } retrier && retries[matching.index] < retrier.MaxAttempts)
            {
                await _clock.DelayAsync(retrier.Delay(retries[matching.index])).ConfigureAwait(false);
                frame.Stop.ThrowIfRequested();
                retries[matching.index]++;
                frame.RetryCount++;
                Count();
                continue;
            }

            if (state.Catchers.FirstOrDefault(catcher => catcher.ErrorEquals.Any(error.Matches)) is { } handler)
            {
                return Caught(frame, handler, error);
            }

            throw error;
        }
    }

    private async Task<(object Output, string? Next)> AttemptAsync(Frame frame)
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
                await _clock.DelayAsync(WaitTime(frame)).ConfigureAwait(false);
                return Finish(frame, state.Output, state.Assign, null, state.Next);
            case AslStateType.Choice:
                return Choose(frame);
            default:
                throw new AslError(OptionalText(frame, state.Error) ?? "", OptionalText(frame, state.Cause));
        }
    }

    private async Task<object> TaskAsync(Frame frame)
    {
        var state = frame.State;
        var arguments = Sized(state.Arguments is { } template ? Evaluate(frame, template) : frame.Input);
        var timeout = state.TimeoutSeconds is { } limit ? TimeSpan.FromSeconds(NumberOf(Evaluate(frame, limit), "TimeoutSeconds")) : (TimeSpan?)null;
        var at = _clock.Elapsed;
        var slot = _calls.Count;
        _calls.Add(null!);
        var task = new AslTask(state.Name, state.Resource!, JsonataJson.Write(arguments), frame.RetryCount);
        var result = await _tasks(task, _cancellation).ConfigureAwait(false);
        var timedOut = result.Duration > timeout;
        await _clock.DelayAsync(timedOut ? timeout!.Value : result.Duration).ConfigureAwait(false);
        var failure = timedOut ? new StepFailure(StepFailed.TimeoutCode, "The task took longer than its TimeoutSeconds.")
            : result.Error is { } name ? result.Call?.Failure ?? FailureText.Find(result.Cause) ?? new StepFailure(name, result.Cause ?? "")
            : null;
        _calls[slot] = new SimulatedCall(
            result.Call?.Name ?? state.Name,
            result.Call?.Input ?? task.Arguments,
            frame.RetryCount + 1,
            at,
            failure is null ? result.Call?.Output ?? result.Output : null,
            failure);
        frame.Stop.ThrowIfRequested();
        return timedOut ? throw new AslError(AslError.TimedOut, null)
            : result.Error is not null ? throw new AslError(result.Error, result.Cause)
            : Sized(JsonataJson.Parse(result.Output!)!);
    }

    private async Task<object> ParallelAsync(Frame frame)
    {
        var input = frame.State.Arguments is { } arguments ? Sized(Evaluate(frame, arguments)) : frame.Input;
        var inputs = frame.State.Branches.Select(branch => (branch, input)).ToList();
        return await BranchesAsync(frame, inputs, inputs.Count).ConfigureAwait(false);
    }

    private async Task<object> MapAsync(Frame frame)
    {
        var state = frame.State;
        if ((state.Items is { } items ? Evaluate(frame, items) : frame.Input) is not JsonataList list)
        {
            throw new AslError(AslError.QueryEvaluation, $"The items of '{state.Name}' are no array.");
        }

        var concurrency = state.MaxConcurrency is { } limit ? (int)NumberOf(Evaluate(frame, limit), "MaxConcurrency") : 0;
        var inputs = list.Select((item, index) =>
        {
            frame.MapItem = new JsonataObject { ["Index"] = (double)index, ["Value"] = item };
            return (state.Branches[0], state.ItemSelector is { } selector ? Evaluate(frame, selector) : item!);
        }).ToList();
        frame.MapItem = null;
        return await BranchesAsync(frame, inputs, concurrency == 0 ? inputs.Count : concurrency).ConfigureAwait(false);
    }

    private async Task<object> BranchesAsync(Frame frame, List<(AslMachine Machine, object Input)> branches, int concurrency)
    {
        var results = new object?[branches.Count];
        var stop = new Stop(frame.Stop);
        AslError? first = null;
        var next = 0;
        async Task Worker()
        {
            while (next < branches.Count && !stop.Requested)
            {
                var index = next++;
                try
                {
                    results[index] = await MachineAsync(branches[index].Machine, branches[index].Input, new AslVariables(frame.Variables), stop).ConfigureAwait(false);
                }
                catch (AslError e)
                {
                    // The first failure fails the state; its siblings stop before their next state.
                    first ??= e;
                    stop.Request();
                }
            }
        }

        await _clock.RunAllAsync([.. Enumerable.Repeat<Func<Task>>(Worker, Math.Min(concurrency, branches.Count))]).ConfigureAwait(false);
        frame.Stop.ThrowIfRequested();
        return first is null ? new JsonataList(results) : throw first;
    }

    private (object Output, string? Next) Choose(Frame frame)
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

    private (object Output, string? Next) Caught(Frame frame, AslCatcher handler, AslError error)
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
    private (object Output, string? Next) Finish(Frame frame, AslTemplate? output, IReadOnlyList<(string Name, AslTemplate Value)> assign, object? result, string? next)
    {
        if (frame.ErrorOutput is null)
        {
            frame.Result = result;
        }

        var value = Sized(output is not null ? Evaluate(frame, output) : result ?? frame.Input);
        var assigned = assign.Select(entry => (entry.Name, Sized(Evaluate(frame, entry.Value)))).ToList();
        foreach (var (name, variable) in assigned)
        {
            frame.Variables.Set(name, variable, frame.State.Name);
        }

        return (value, next);
    }

    private TimeSpan WaitTime(Frame frame)
    {
        if (frame.State.Seconds is { } seconds)
        {
            return TimeSpan.FromSeconds(NumberOf(Evaluate(frame, seconds), "Seconds"));
        }

        var text = OptionalText(frame, frame.State.Timestamp);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? until - _clock.Now
            : throw new AslError(AslError.QueryEvaluation, $"The timestamp of '{frame.State.Name}' is no RFC 3339 time.");
    }

    private object Evaluate(Frame frame, AslTemplate template) =>
        template.Evaluate(frame.Scope(Context(frame)), new EvaluationClock(_clock.Now, NextUuid));

    private JsonataObject Context(Frame frame)
    {
        var context = new JsonataObject
        {
            ["Execution"] = new JsonataObject
            {
                ["Id"] = _options.ExecutionId,
                ["Input"] = _executionInput,
                ["Name"] = _options.ExecutionName,
                ["StartTime"] = Time(_options.StartTime),
            },
            ["State"] = new JsonataObject
            {
                ["EnteredTime"] = Time(_clock.Now),
                ["Name"] = frame.State.Name,
                ["RetryCount"] = (double)frame.RetryCount,
            },
            ["StateMachine"] = new JsonataObject { ["Name"] = _options.StateMachineName },
        };
        if (frame.MapItem is { } item)
        {
            context["Map"] = new JsonataObject { ["Item"] = item };
        }

        return context;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private Guid NextUuid() => new(_uuids++, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]);

    private string? OptionalText(Frame frame, AslTemplate? template) => template is null ? null
        : Evaluate(frame, template) as string ?? throw new AslError(AslError.QueryEvaluation, $"A field of '{frame.State.Name}' is no string.");

    private static double NumberOf(object value, string field) => value is double number && number >= 0
        ? number
        : throw new AslError(AslError.QueryEvaluation, $"{field} is no number of at least 0.");

    private static object Sized(object value) => Encoding.UTF8.GetByteCount(JsonataJson.Write(value)) <= PayloadLimit
        ? value
        : throw new AslError(AslError.DataLimit, "A payload has more than 262144 bytes.");

    private void Count()
    {
        if (++_transitions > _options.MaxTransitions)
        {
            throw new SimulationLimitException($"The run went through more than {_options.MaxTransitions} states.");
        }
    }

    /// <summary>A state being executed.</summary>
    private sealed class Frame(AslState state, object input, AslVariables variables, Stop stop)
    {
        public AslState State { get; } = state;

        public object Input { get; } = input;

        public AslVariables Variables { get; } = variables;

        public Stop Stop { get; } = stop;

        public int RetryCount { get; set; }

        public object? Result { get; set; }

        public JsonataObject? ErrorOutput { get; set; }

        public JsonataObject? MapItem { get; set; }

        public Dictionary<string, object?> Scope(JsonataObject context)
        {
            var scope = Variables.All();
            scope["states"] = new JsonataObject
            {
                ["input"] = Input,
                ["result"] = Result,
                ["errorOutput"] = ErrorOutput,
                ["context"] = context,
            };
            return scope;
        }
    }
}
