using Portable.Runtime;

namespace Portable.Testing.Durable;

/// <summary>
/// Runs an orchestrator as Durable does: every turn starts it again and replays the history, until it returns or throws. A replay that decides
/// otherwise, or a wait for anything but the context's tasks, is an error. No vendor type is involved: a test binds the vendor's context to
/// <see cref="ReplayContext"/>.
/// </summary>
/// <param name="orchestrator">The orchestrator; it returns its output as JSON text.</param>
/// <param name="options">The world outside the orchestration.</param>
public sealed partial class ReplayEngine(Func<ReplayContext, Task<string?>> orchestrator, ReplayOptions? options = null)
{
    private readonly ReplayOptions _options = options ?? new ReplayOptions();
    private readonly List<HistoryEvent> _history = [];
    private readonly List<SimulatedCall> _calls = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly PriorityQueue<HistoryEvent, (TimeSpan Due, long Order)> _due = new();
    private readonly List<SimulatedChild> _children = [];
    private TimeSpan _now;
    private long _order;
    private string? _input;
    private ReplayFailure? _failure;

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<HistoryEvent> History => _history;

    /// <summary>How often the orchestrator was started.</summary>
    public int Turns { get; private set; }

    /// <summary>Runs the orchestration to its end.</summary>
    /// <param name="inputJson">The input as JSON text, or <see langword="null"/>.</param>
    /// <param name="activities">Answers the activities; <see cref="StepInvocation.Step"/> is the activity's name.</param>
    /// <param name="cancellationToken">Ends the simulation between turns.</param>
    /// <exception cref="NonDeterminismException">A replay decided otherwise.</exception>
    /// <exception cref="ForeignAwaitException">The orchestrator waits for something that the engine does not know.</exception>
    public async ValueTask<SimulationResult> RunAsync(string? inputJson, StepHandlerDelegate activities, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activities);
        if (_history.Count > 0)
        {
            throw new InvalidOperationException("An engine runs one orchestration; make another.");
        }

        _input = inputJson;
        foreach (var raised in _options.Events.Where(raised => raised.Run is null || raised.Run == _options.InstanceId))
        {
            Enqueue(new HistoryEvent(default, HistoryEventKind.EventRaised, Name: raised.Name, Data: raised.PayloadJson), raised.At > TimeSpan.Zero ? raised.At : TimeSpan.Zero);
        }

        _history.Add(new HistoryEvent(TimeSpan.Zero, HistoryEventKind.TurnStarted));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++Turns > _options.MaxTurns)
            {
                throw new SimulationLimitException($"The orchestration took more than {_options.MaxTurns} turns.");
            }

            var turn = new ReplayTurn(_options.StartTime);
            var context = new ReplayContext(turn, _options, inputJson);
            var task = turn.Run(() => orchestrator(context), _history);
            var decisions = turn.Decided.Select(decision => decision with { At = _now }).ToList();
            _history.AddRange(decisions);
            if (task.IsCompleted)
            {
                return Finished(task);
            }

            foreach (var decision in decisions)
            {
                await StartAsync(decision, activities, cancellationToken).ConfigureAwait(false);
            }

            if (!_due.TryDequeue(out var next, out var key))
            {
                throw turn.Awaited.FirstOrDefault() is { } awaited
                    ? new SimulationLimitException($"The run waits for ever for the event '{awaited}': nothing is left that could happen.")
                    : new ForeignAwaitException($"After turn {Turns} the orchestrator waits, but for no activity, timer, event or orchestration: it would hang for ever.");
            }

            _now = key.Due;
            _history.Add(new HistoryEvent(_now, HistoryEventKind.TurnStarted));
            _history.Add(next with { At = _now });
        }
    }

    private async Task StartAsync(HistoryEvent decision, StepHandlerDelegate activities, CancellationToken cancellationToken)
    {
        if (decision.Kind == HistoryEventKind.SubOrchestrationCreated)
        {
            await StartChildAsync(decision, activities, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (decision.Kind == HistoryEventKind.TimerCreated)
        {
            var due = decision.FireAt - _options.StartTime;
            Enqueue(new HistoryEvent(default, HistoryEventKind.TimerFired, decision.Id), due > _now ? due : _now);
            return;
        }

        var name = decision.Name!;
        var attempt = _attempts[name] = _attempts.GetValueOrDefault(name) + 1;
        var input = decision.Data ?? "null";
        var reply = await activities(new StepInvocation(name, input, attempt)).ConfigureAwait(false);
        _calls.Add(new SimulatedCall(name, input, attempt, _now, reply.Output, reply.Failure));
        if (reply.Failure is not { } failure)
        {
            _attempts[name] = 0;
            Enqueue(new HistoryEvent(default, HistoryEventKind.ActivityCompleted, decision.Id, name, reply.Output), _now + reply.Duration);
            return;
        }

        var described = _options.ActivityFailure(failure);
        Enqueue(new HistoryEvent(default, HistoryEventKind.ActivityFailed, decision.Id, name, described.ErrorMessage) { Failure = described }, _now + reply.Duration);
    }

    private async Task StartChildAsync(HistoryEvent decision, StepHandlerDelegate activities, CancellationToken cancellationToken)
    {
        var (name, input) = (decision.Name!, decision.Data ?? "null");
        SimulationResult result;
        ReplayFailure? failure;
        if (_options.Children.TryGetValue(name, out var child))
        {
            var events = _options.Events.Where(raised => raised.Run is not null).Select(raised => raised with { At = raised.At - _now }).ToList();
            var engine = new ReplayEngine(child, _options with { Name = name, InstanceId = decision.Instance!, StartTime = _options.StartTime + _now, Events = events });
            result = await engine.RunAsync(decision.Data, activities, cancellationToken).ConfigureAwait(false);
            failure = engine._failure;
        }
        else if (_options.ChildHandler is { } handler)
        {
            var reply = await handler(new StepInvocation(name, input, 1)).ConfigureAwait(false);
            failure = reply.Failure is { } failed ? _options.ActivityFailure(failed) : null;
            result = new SimulationResult(reply.Output, failure is null ? null : new SimulationError(failure.ErrorType, failure.ErrorMessage), [], reply.Duration, 0);
        }
        else
        {
            throw new InvalidOperationException($"The orchestration '{name}' was not given: name it in ReplayOptions.Children, or answer it in ReplayOptions.ChildHandler.");
        }

        _children.Add(new SimulatedChild(name, input, _now, result));
        Enqueue(
            failure is null
                ? new HistoryEvent(default, HistoryEventKind.SubOrchestrationCompleted, decision.Id, name, result.Output)
                : new HistoryEvent(default, HistoryEventKind.SubOrchestrationFailed, decision.Id, name, failure.ErrorMessage) { Failure = failure },
            _now + result.Elapsed);
    }

    private void Enqueue(HistoryEvent happens, TimeSpan due) => _due.Enqueue(happens, (due, _order++));

    private SimulationResult Finished(Task<string?> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            _history.Add(new HistoryEvent(_now, HistoryEventKind.Completed, Data: task.Result));
            return Result(task.Result ?? "null", null);
        }

        var exception = task.Exception?.InnerException ?? new TaskCanceledException(task);
        if (exception is NonDeterminismException or ForeignAwaitException)
        {
            throw exception;
        }

        var failure = _options.ToFailure(exception);
        _history.Add(new HistoryEvent(_now, HistoryEventKind.Failed, Data: failure.ErrorMessage) { Failure = failure });
        _failure = failure;
        return Result(null, new SimulationError(failure.ErrorType, failure.ErrorMessage, failure.InnerFailure?.ErrorMessage));
    }

    private SimulationResult Result(string? output, SimulationError? error) =>
        new(output, error, [.. _calls], _now, Turns) { Children = [.. _children], HistoryEvents = _history.Count };
}
