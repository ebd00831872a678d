using Portable.Runtime;

namespace Portable.Testing.Durable;

/// <summary>
/// Runs an orchestrator as Durable does: every turn starts it again and replays the history, until it returns or throws. A replay that decides
/// otherwise, or a wait for anything but the context's tasks, is an error. No vendor type is involved: a test binds the vendor's context to
/// <see cref="ReplayContext"/>.
/// </summary>
/// <param name="orchestrator">The orchestrator; it returns its output as JSON text.</param>
/// <param name="options">The world outside the orchestration.</param>
public sealed class ReplayEngine(Func<ReplayContext, Task<string?>> orchestrator, ReplayOptions? options = null)
{
    private readonly ReplayOptions _options = options ?? new ReplayOptions();
    private readonly List<HistoryEvent> _history = [];
    private readonly List<SimulatedCall> _calls = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly PriorityQueue<HistoryEvent, (TimeSpan Due, long Order)> _due = new();
    private TimeSpan _now;
    private long _order;

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
                await StartAsync(decision, activities).ConfigureAwait(false);
            }

            if (!_due.TryDequeue(out var next, out var key))
            {
                throw new ForeignAwaitException($"After turn {Turns} the orchestrator waits, but for no activity or timer: it would hang for ever.");
            }

            _now = key.Due;
            _history.Add(new HistoryEvent(_now, HistoryEventKind.TurnStarted));
            _history.Add(next with { At = _now });
        }
    }

    private async Task StartAsync(HistoryEvent decision, StepHandlerDelegate activities)
    {
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

    private void Enqueue(HistoryEvent happens, TimeSpan due) => _due.Enqueue(happens, (due, _order++));

    private SimulationResult Finished(Task<string?> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            _history.Add(new HistoryEvent(_now, HistoryEventKind.Completed, Data: task.Result));
            return new SimulationResult(task.Result ?? "null", null, [.. _calls], _now, Turns);
        }

        var exception = task.Exception?.InnerException ?? new TaskCanceledException(task);
        if (exception is NonDeterminismException or ForeignAwaitException)
        {
            throw exception;
        }

        var failure = _options.ToFailure(exception);
        _history.Add(new HistoryEvent(_now, HistoryEventKind.Failed, Data: failure.ErrorMessage) { Failure = failure });
        return new SimulationResult(null, new SimulationError(failure.ErrorType, failure.ErrorMessage, failure.InnerFailure?.ErrorMessage), [.. _calls], _now, Turns);
    }
}
