namespace Portable.Testing.Durable;

/// <content>Whether replays decide as the run did.</content>
public sealed partial class ReplayEngine
{
    /// <summary>
    /// Replays the run that was made from every point of its history, and checks that the orchestrator decides the same each time: the next activities,
    /// timers and orchestrations, and in the end the same output or failure.
    /// </summary>
    /// <exception cref="NonDeterminismException">A replay decided otherwise; the message says in which turn.</exception>
    public void VerifyReplay() => VerifyReplay(orchestrator, _history, _input, _options);

    /// <inheritdoc cref="VerifyReplay()"/>
    /// <param name="orchestrator">The orchestrator, possibly a newer version than the one whose run is replayed.</param>
    /// <param name="history">The history of a run, such as <see cref="History"/>.</param>
    /// <param name="inputJson">The input of that run.</param>
    /// <param name="options">The options of that run.</param>
    public static void VerifyReplay(Func<ReplayContext, Task<string?>> orchestrator, IReadOnlyList<HistoryEvent> history, string? inputJson, ReplayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        ArgumentNullException.ThrowIfNull(history);
        options ??= new ReplayOptions();
        var turns = 0;
        for (var start = 0; start < history.Count;)
        {
            var end = start + 1;
            while (end < history.Count && history[end].Kind != HistoryEventKind.TurnStarted)
            {
                end++;
            }

            // What happened to the orchestrator comes first in a turn, then what it decided.
            var decided = start + 1;
            while (decided < end && !history[decided].IsDecision && history[decided].Kind is not (HistoryEventKind.Completed or HistoryEventKind.Failed))
            {
                decided++;
            }

            VerifyTurn(++turns, orchestrator, [.. history.Take(decided)], [.. history.Skip(decided).Take(end - decided)], inputJson, options);
            start = end;
        }
    }

    private static void VerifyTurn(int number, Func<ReplayContext, Task<string?>> orchestrator, List<HistoryEvent> before, List<HistoryEvent> recorded, string? inputJson, ReplayOptions options)
    {
        var turn = new ReplayTurn(options.StartTime);
        var context = new ReplayContext(turn, options, inputJson);
        var task = turn.Run(() => orchestrator(context), before);
        var now = turn.Decided.ToList();
        var then = recorded.Where(static happened => happened.IsDecision).ToList();
        for (var i = 0; i < Math.Max(now.Count, then.Count); i++)
        {
            var (first, again) = (then.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
            if (first is null || again is null || !again.Decides(first))
            {
                throw new NonDeterminismException($"In turn {number} the run decided {first?.Describe() ?? "nothing more"}, but a replay decided {again?.Describe() ?? "nothing more"}.");
            }
        }

        var ended = recorded.Find(static happened => happened.Kind is HistoryEventKind.Completed or HistoryEventKind.Failed);
        var (was, isNow) = (Outcome(ended), Outcome(EndOf(task, options)));
        if (was != isNow)
        {
            throw new NonDeterminismException($"After turn {number} the run {was}, but a replay {isNow}.");
        }
    }

    private static HistoryEvent? EndOf(Task<string?> task, ReplayOptions options) => !task.IsCompleted ? null
        : task.IsCompletedSuccessfully ? new HistoryEvent(default, HistoryEventKind.Completed, Data: task.Result)
        : task.Exception?.InnerException is NonDeterminismException nondeterminism ? throw nondeterminism
        : new HistoryEvent(default, HistoryEventKind.Failed, Data: options.ToFailure(task.Exception?.InnerException ?? new TaskCanceledException(task)).ErrorMessage);

    private static string Outcome(HistoryEvent? end) => end?.Kind switch
    {
        null => "goes on",
        HistoryEventKind.Completed => $"ends with {end.Data}",
        _ => $"fails: {end.Data}",
    };
}
