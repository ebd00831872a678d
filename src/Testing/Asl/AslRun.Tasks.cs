using System.Text.Json;
using Portable.Runtime;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <content>Tasks: calls, tokens, and executions of other machines.</content>
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
                : await CallAsync(frame, new AslTask(state.Name, state.Resource!, JsonataJson.Write(arguments), frame.RetryCount) { Token = frame.Token, Execution = _options.ExecutionName }, timeout, heartbeat).ConfigureAwait(false);
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
                failure);
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

    private (string Name, string Arn, AslSimulator Machine)? Child(object arguments)
    {
        var arn = arguments is JsonataObject members ? members["StateMachineArn"] as string : null;
        if (arn is null)
        {
            throw new AslError("StepFunctions.ValidationException", "startExecution misses the argument 'StateMachineArn'.");
        }

        var name = arn.StartsWith("${", StringComparison.Ordinal) && arn.EndsWith('}') ? arn[2..^1] : arn;
        return _options.Children.TryGetValue(name, out var machine) || (_options.Substitutions.FirstOrDefault(entry => entry.Value == arn).Key is { } key && _options.Children.TryGetValue(name = key, out machine))
            ? (name, arn, machine)
            : null;
    }

    private async Task<string> ChildAsync(AslFrame frame, (string Name, string Arn, AslSimulator Machine) child, object arguments, TimeSpan? timeout)
    {
        var given = (JsonataObject)arguments;
        var input = given["Input"] ?? new JsonataObject();
        var run = given["Name"] as string ?? _world.NewRunName(child.Name);
        var options = _options with
        {
            ExecutionName = run,
            ExecutionId = $"arn:aws:states:us-east-1:000000000000:execution:{child.Name}:{run}",
            StateMachineName = child.Name,
            Express = false,
        };
        var stop = new AslStop(frame.Stop);
        var over = false;
        if (timeout is { } longest)
        {
            Clock.At(Clock.Elapsed + longest, () => over = Stopped(stop), afterwards: true);
        }

        var at = Clock.Elapsed;
        var start = Clock.Now;
        var slot = _children.Count;
        _children.Add(null);
        try
        {
            var text = JsonataJson.Write(input);
            var result = await new AslRun(child.Machine.Machine, options, _world, stop).ExecuteAsync(text).ConfigureAwait(false);
            _children[slot] = new SimulatedChild(child.Name, text, at, result);
            return result.Error is { } error
                ? throw new AslError(AslError.TaskFailed, AslChild.Failed(options, child.Arn, input, error, start, Clock.Now))
                : JsonataJson.Write(AslChild.Succeeded(options, child.Arn, input, result, start, Clock.Now));
        }
        catch (AslStopped) when (over && !frame.Stop.Requested)
        {
            throw new AslError(AslError.TimedOut, null);
        }
    }

    private static bool Stopped(AslStop stop)
    {
        stop.Request();
        return true;
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
