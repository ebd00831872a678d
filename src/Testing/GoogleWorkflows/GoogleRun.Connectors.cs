using System.Globalization;
using System.Text;

namespace Portable.Testing.GoogleWorkflows;

/// <content>Connectors: publishing, and executions of other workflows.</content>
internal sealed partial class GoogleRun
{
    private const string Executions = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.";
    private const string ConnectorParameters = "connector_params";

    private async Task<object?> ConnectAsync(string function, GoogleArguments arguments)
    {
        switch (function)
        {
            case "googleapis.pubsub.v1.projects.topics.publish":
                return Publish(arguments.Only("topic", "body", ConnectorParameters));
            case Executions + "run":
                arguments.Only("workflow_id", "location", "project_id", "argument", ConnectorParameters);
                var (skipped, timeout) = Polling(arguments);
                var started = Start(arguments.Text("workflow_id"), GoogleJson.Write(arguments.Optional("argument")));
                return skipped ? null : await EndAsync(started, timeout).ConfigureAwait(false);
            case Executions + "create":
                arguments.Only("parent", "body", ConnectorParameters);
                (skipped, timeout) = Polling(arguments);
                var argument = arguments.Optional("body") is GoogleMap body && body.TryGet("argument", out var text)
                    ? text as string ?? throw GoogleError.Of("TypeError", "'argument' is JSON text")
                    : "null";
                var created = Start(Last(arguments.Text("parent"), "workflows"), argument);
                return skipped ? created.Describe() : await EndAsync(created, timeout).ConfigureAwait(false);
            case Executions + "get":
                var name = arguments.Only("name", "view", ConnectorParameters).Text("name");
                return _world.Executions.TryGetValue(name, out var execution)
                    ? execution.Describe()
                    : throw new GoogleError(new GoogleMap { ["message"] = $"HTTP server responded with error code 404: {name}", ["code"] = 404L, ["tags"] = new List<object?> { "HttpError" } });
            default:
                throw new GoogleNotSimulatedException($"the connector '{function}'");
        }
    }

    private GoogleMap Publish(GoogleArguments arguments)
    {
        var topic = arguments.Text("topic");
        if (arguments.Optional("body") is not GoogleMap body || !body.TryGet("messages", out var messages) || messages is not List<object?> { Count: > 0 } list)
        {
            throw GoogleError.Of("ValueError", "'body' has no 'messages'");
        }

        List<object?> ids = [];
        foreach (var message in list)
        {
            if (message is not GoogleMap members || !members.TryGet("data", out var data) || data is not string encoded)
            {
                throw GoogleError.Of("ValueError", "a message has no 'data' in base64");
            }

            var attributes = members.TryGet("attributes", out var given) && given is GoogleMap map
                ? map.Members.ToDictionary(static member => member.Key, static member => member.Value as string ?? throw GoogleError.Of("TypeError", $"the attribute '{member.Key}' is no string"), StringComparer.Ordinal)
                : [];
            _published.Add(new SimulatedPublication(
                attributes.GetValueOrDefault("ce-type", ""),
                Encoding.UTF8.GetString(GoogleBytes.FromBase64(encoded).Value),
                Clock.Elapsed,
                topic,
                attributes.GetValueOrDefault("ce-source"),
                attributes,
                int.TryParse(attributes.GetValueOrDefault("ce-dataversion"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 1));
            ids.Add($"message-{_published.Count}");
        }

        return new GoogleMap { ["messageIds"] = ids };
    }

    /// <summary>Starts another workflow; it goes on by itself.</summary>
    private GoogleExecution Start(string workflow, string argument)
    {
        if (!_options.Children.TryGetValue(workflow, out var child) && _options.ChildHandler is null)
        {
            throw new GoogleNotSimulatedException($"the workflow '{workflow}', which was not given: name it in GoogleWorkflowOptions.Children");
        }

        var id = _world.NewRun(workflow);
        var options = _options with { ExecutionId = id, WorkflowId = workflow };
        var execution = new GoogleExecution(NameOf(options), workflow, argument, Clock.Now, new VirtualClock.Signal());
        _world.Executions.Add(execution.Name, execution);
        var at = Clock.Elapsed;
        var slot = _children.Count;
        _children.Add(null);
        Clock.Start(async () =>
        {
            try
            {
                execution.Result = child is null
                    ? await AnsweredAsync(workflow, argument).ConfigureAwait(false)
                    : await new GoogleRun(child.Routines, options, _world).ExecuteAsync(argument).ConfigureAwait(false);
                _children[slot] = new SimulatedChild(workflow, argument, at, execution.Result);
            }
            catch (Exception e)
            {
                execution.Broken = e;
            }

            execution.End = Clock.Now;
            execution.Ended.Set();
        });
        return execution;
    }

    /// <summary>A workflow of ours raises the failure as a map.</summary>
    private async Task<SimulationResult> AnsweredAsync(string workflow, string argument)
    {
        var reply = await _options.ChildHandler!(new StepInvocation(workflow, argument, 1)).ConfigureAwait(false);
        await Clock.DelayAsync(reply.Duration).ConfigureAwait(false);
        var error = reply.Failure is { } failure
            ? new GoogleError(new GoogleMap { ["code"] = failure.Code, ["message"] = failure.Message, ["data"] = failure.Data }).ToSimulationError()
            : null;
        return new SimulationResult(reply.Output, error, [], reply.Duration, 0);
    }

    private async Task<object?> EndAsync(GoogleExecution execution, double timeout)
    {
        // How often the connector asks is left out: it only makes the run longer and costs steps.
        if (execution.Result is null && execution.Broken is null
            && !await Clock.WaitAsync(TimeSpan.FromSeconds(timeout), "an execution", execution.Ended).ConfigureAwait(false))
        {
            throw GoogleError.Of("TimeoutError", $"the execution {execution.Name} has not ended within {timeout} seconds");
        }

        if (execution.Broken is { } broken)
        {
            throw broken;
        }

        if (execution.Result!.Output is { } output)
        {
            return GoogleJson.Parse(output);
        }

        var error = GoogleError.Map("OperationError", "the execution failed");
        error["operation"] = execution.Describe();
        throw new GoogleError(error);
    }

    private static (bool Skipped, double Timeout) Polling(GoogleArguments arguments)
    {
        if (arguments.Optional(ConnectorParameters) is not GoogleMap map)
        {
            return (false, 1800);
        }

        if (map.Keys.FirstOrDefault(static key => key is not ("timeout" or "polling_policy" or "skip_polling" or "scopes")) is { } unknown)
        {
            throw GoogleError.Of("TypeError", $"{ConnectorParameters} has no '{unknown}'");
        }

        var timeout = map.TryGet("timeout", out var given) ? Number(given, "timeout") : 1800;
        return timeout is <= 0 or > LongestSleep
            ? throw GoogleError.Of("ValueError", $"'timeout' is at most {LongestSleep} seconds")
            : (map.TryGet("skip_polling", out var skip) && GoogleEvaluator.Boolean(skip, "skip_polling"), timeout);
    }

    /// <summary>What stands behind a word in a resource's name: <c>.../workflows/NAME</c>.</summary>
    private static string Last(string name, string word)
    {
        var parts = name.Split('/');
        var index = Array.IndexOf(parts, word);
        return index >= 0 && index + 1 < parts.Length ? parts[index + 1] : throw GoogleError.Of("ValueError", $"'{name}' names no {word}");
    }
}
