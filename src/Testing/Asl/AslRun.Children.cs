using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <content>Executions of other machines.</content>
internal sealed partial class AslRun
{
    /// <summary>The machine that a task starts; <see langword="null"/> when it is for the task handler to answer.</summary>
    private (string Name, string Arn, AslSimulator? Machine)? Child(object arguments)
    {
        var arn = arguments is JsonataObject members ? members["StateMachineArn"] as string : null;
        if (arn is null)
        {
            throw new AslError("StepFunctions.ValidationException", "startExecution misses the argument 'StateMachineArn'.");
        }

        var name = _options.Substitutions.FirstOrDefault(entry => entry.Value == arn).Key
            ?? (arn.StartsWith("${", StringComparison.Ordinal) && arn.EndsWith('}') ? arn[2..^1] : arn);
        return _options.Children.TryGetValue(name, out var machine) || _options.Children.TryGetValue(arn, out machine) || _options.ChildHandler is not null
            ? (name, arn, machine)
            : null;
    }

    private async Task<string> ChildAsync(AslFrame frame, (string Name, string Arn, AslSimulator? Machine) child, object arguments, TimeSpan? timeout)
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
            Clock.At(
                Clock.Elapsed + longest,
                () =>
                {
                    over = true;
                    stop.Request();
                },
                afterwards: true);
        }

        var at = Clock.Elapsed;
        var start = Clock.Now;
        var slot = _children.Count;
        _children.Add(null);
        try
        {
            var text = JsonataJson.Write(input);
            var result = child.Machine is { } machine
                ? await new AslRun(machine.Machine, options, _world, stop).ExecuteAsync(text).ConfigureAwait(false)
                : await AnsweredAsync(child.Name, text, stop).ConfigureAwait(false);
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

    /// <summary>A machine of ours fails with the failure's code and JSON.</summary>
    private async Task<SimulationResult> AnsweredAsync(string name, string input, AslStop stop)
    {
        var reply = await _options.ChildHandler!(new StepInvocation(name, input, 1)).ConfigureAwait(false);
        await Clock.WaitAsync(reply.Duration, "", stop.Signals).ConfigureAwait(false);
        stop.ThrowIfRequested();
        return new SimulationResult(reply.Output, reply.Failure is { } failure ? new SimulationError(failure.Code, failure.ToJson()) : null, [], reply.Duration, 0);
    }
}
