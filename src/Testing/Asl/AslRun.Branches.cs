using System.Globalization;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <content>States that hold machines, and what expressions see.</content>
internal sealed partial class AslRun
{
    private async Task<object> ParallelAsync(AslFrame frame)
    {
        var input = frame.State.Arguments is { } arguments ? Sized(Evaluate(frame, arguments)) : frame.Input;
        var inputs = frame.State.Branches.Select(branch => (branch, input)).ToList();
        return await BranchesAsync(frame, inputs, inputs.Count, eventsOfEach: 0).ConfigureAwait(false);
    }

    private async Task<object> MapAsync(AslFrame frame)
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
            return (state.Branches[0], Sized(state.ItemSelector is { } selector ? Evaluate(frame, selector) : item!));
        }).ToList();
        frame.MapItem = null;
        return await BranchesAsync(frame, inputs, concurrency == 0 ? inputs.Count : concurrency, eventsOfEach: 2).ConfigureAwait(false);
    }

    private async Task<object> BranchesAsync(AslFrame frame, List<(AslMachine Machine, object Input)> branches, int concurrency, int eventsOfEach)
    {
        _history.Add(1);
        var results = new object?[branches.Count];
        var stop = new AslStop(frame.Stop);
        AslError? first = null;
        var next = 0;
        async Task Worker()
        {
            while (next < branches.Count && !stop.Requested)
            {
                var index = next++;
                try
                {
                    _history.Add(eventsOfEach);
                    results[index] = await MachineAsync(branches[index].Machine, branches[index].Input, new AslVariables(frame.Variables), stop).ConfigureAwait(false);
                }
                catch (AslError e)
                {
                    // The first failure fails the state, at once: its siblings are stopped wherever they are.
                    first ??= e;
                    stop.Request();
                }
                catch (AslStopped)
                {
                    // After a sibling's failure, or with the state itself.
                }
            }
        }

        await Clock.RunAllAsync([.. Enumerable.Repeat<Func<Task>>(Worker, Math.Min(concurrency, branches.Count))]).ConfigureAwait(false);
        frame.Stop.ThrowIfRequested();
        _history.Add(1);
        return first is null ? new JsonataList(results) : throw first;
    }

    private TimeSpan WaitTime(AslFrame frame)
    {
        if (frame.State.Seconds is { } seconds)
        {
            return TimeSpan.FromSeconds(NumberOf(Evaluate(frame, seconds), "Seconds"));
        }

        var text = OptionalText(frame, frame.State.Timestamp);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? until - Clock.Now
            : throw new AslError(AslError.QueryEvaluation, $"The timestamp of '{frame.State.Name}' is no RFC 3339 time.");
    }

    private JsonataObject Context(AslFrame frame)
    {
        var context = new JsonataObject
        {
            ["Execution"] = new JsonataObject
            {
                ["Id"] = _options.ExecutionId,
                ["Input"] = _executionInput,
                ["Name"] = _options.ExecutionName,
                ["StartTime"] = Time(_options.StartTime + _start),
            },
            ["State"] = new JsonataObject
            {
                ["EnteredTime"] = Time(Clock.Now),
                ["Name"] = frame.State.Name,
                ["RetryCount"] = (double)frame.RetryCount,
            },
            ["StateMachine"] = new JsonataObject { ["Name"] = _options.StateMachineName },
        };
        if (frame.MapItem is { } item)
        {
            context["Map"] = new JsonataObject { ["Item"] = item };
        }

        if (frame.Token is { } token)
        {
            context["Task"] = new JsonataObject { ["Token"] = token.Value };
        }

        return context;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private string? OptionalText(AslFrame frame, AslTemplate? template) => template is null ? null
        : Evaluate(frame, template) as string ?? throw new AslError(AslError.QueryEvaluation, $"A field of '{frame.State.Name}' is no string.");

    private static double NumberOf(object value, string field) => value is double number && number >= 0
        ? number
        : throw new AslError(AslError.QueryEvaluation, $"{field} is no number of at least 0.");
}
