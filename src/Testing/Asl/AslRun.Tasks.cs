using System.Text.Json;
using Portable.Runtime;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <content>Tasks: calls and tokens.</content>
internal sealed partial class AslRun
{
    private async Task<object> TaskAsync(AslFrame frame)
    {
        var state = frame.State;
        var resource = AslResource.Of(state.Resource!);
        frame.Token = resource.WaitsForToken ? _world.NewToken(_options.ExecutionName) : null;
        var arguments = Sized(state.Arguments is { } template ? Evaluate(frame, template) : frame.Input);
        var timeout = Seconds(frame, state.TimeoutSeconds, "TimeoutSeconds");
        var heartbeat = Seconds(frame, state.HeartbeatSeconds, "HeartbeatSeconds");
        _history.Add(resource.Submits ? 3 : 2);
        try
        {
            var result = resource.StartsMachine && Child(arguments) is { } child
                ? await ChildAsync(frame, child, arguments, timeout).ConfigureAwait(false)
                : await CallAsync(frame, new AslTask(state.Name, state.Resource!, JsonataJson.Write(arguments), frame.RetryCount) { Token = frame.Token, Execution = _options.ExecutionName, Machine = _options.StateMachineName }, timeout, heartbeat).ConfigureAwait(false);
            return Sized(JsonataJson.Parse(result)!);
        }
        finally
        {
            _history.Add(1);
            frame.Token?.Close();
            frame.Token = null;
        }
    }

    private async Task<string> CallAsync(AslFrame frame, AslTask task, TimeSpan? timeout, TimeSpan? heartbeat)
    {
        var at = Clock.Elapsed;
        var slot = _calls.Count;
        _calls.Add(null);
        var answer = await _world.Tasks(task, _world.Cancellation).ConfigureAwait(false);
        if (answer.Published is { } published)
        {
            _published.AddRange(published.Select(happened => happened with { At = at }));
        }

        var outcome = answer.Duration > timeout ? AslTaskResult.Failure(AslError.TimedOut, null, timeout!.Value) : answer;
        Record(outcome);
        await Clock.WaitAsync(outcome.Duration, "", frame.Stop.Signals).ConfigureAwait(false);
        frame.Stop.ThrowIfRequested();
        if (task.Token is { } token && outcome.Error is null)
        {
            outcome = await OutcomeAsync(frame, token, at + timeout, heartbeat).ConfigureAwait(false);
            Record(outcome);
        }

        return outcome.Error is { } error ? throw new AslError(error, outcome.Cause, outcome.HeartbeatMissed) : outcome.Output!;

        // The call has happened, whatever stops the state afterwards.
        void Record(AslTaskResult outcome)
        {
            if (!answer.IsCall)
            {
                return;
            }

            var failure = outcome.Error switch
            {
                null => null,
                AslError.TimedOut => answer.Call?.Failure ?? new StepFailure(StepFailed.TimeoutCode, "The task took longer than its TimeoutSeconds."),
                var name => answer.Call?.Failure ?? FailureText.Find(outcome.Cause) ?? new StepFailure(name, outcome.Cause ?? ""),
            };
            _calls[slot] = new SimulatedCall(
                answer.Call?.Name ?? frame.State.Name,
                answer.Call?.Input ?? task.Arguments,
                frame.RetryCount + 1,
                at,
                failure is null ? answer.Call?.Output ?? outcome.Output : null,
                failure)
            {
                Key = answer.Call?.Key,
            };
        }
    }

    /// <summary>Waits until the world ends the task, or the time is over.</summary>
    private async Task<AslTaskResult> OutcomeAsync(AslFrame frame, AslTaskToken token, TimeSpan? deadline, TimeSpan? heartbeat)
    {
        while (token.Outcome is null)
        {
            var silentUntil = heartbeat is { } longest ? Clock.Elapsed + longest : (TimeSpan?)null;
            var until = deadline < silentUntil || silentUntil is null ? deadline : silentUntil;
            var beat = token.Signal;
            var woken = await Clock.WaitAsync(until - Clock.Elapsed, $"the token of '{frame.State.Name}'", frame.Stop.Signals.Append(beat)).ConfigureAwait(false);
            frame.Stop.ThrowIfRequested();
            if (!woken)
            {
                token.Close();
                return AslTaskResult.Failure(AslError.TimedOut, null) with { HeartbeatMissed = until != deadline };
            }
        }

        return token.Outcome;
    }

    private TimeSpan? Seconds(AslFrame frame, AslTemplate? template, string field) =>
        template is null ? null : TimeSpan.FromSeconds(NumberOf(Evaluate(frame, template), field));
}

/// <summary>What the name of a resource says about it.</summary>
/// <param name="WaitsForToken">Whether the task ends only when its token comes back.</param>
/// <param name="WaitsForJob">Whether the task ends when the job that it started has ended.</param>
/// <param name="StartsMachine">Whether it runs another machine and waits for it.</param>
internal readonly record struct AslResource(bool WaitsForToken, bool WaitsForJob, bool StartsMachine)
{
    public bool Submits => WaitsForToken || WaitsForJob;

    public static AslResource Of(string resource)
    {
        var waitsForJob = resource.EndsWith(".sync", StringComparison.Ordinal) || resource.EndsWith(".sync:2", StringComparison.Ordinal);
        return new AslResource(
            resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal),
            waitsForJob,
            resource == "arn:aws:states:::states:startExecution.sync:2");
    }
}
