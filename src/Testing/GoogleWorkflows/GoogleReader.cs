namespace Portable.Testing.GoogleWorkflows;

/// <summary>Reads a definition and checks what a deployment would: shape, limits, and that every step named exists.</summary>
internal sealed class GoogleReader
{
    private const int ListLimit = 50;
    private const int SourceLimit = 128 * 1024;
    private static readonly string[] s_actions = ["assign", "call", "switch", "for", "parallel", "try", "raise", "return", "steps"];

    private readonly Dictionary<string, GoogleRoutine> _routines = new(StringComparer.Ordinal);

    public List<string> Expressions { get; } = [];

    public IReadOnlyDictionary<string, GoogleRoutine> Read(string yaml)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(yaml) > SourceLimit)
        {
            throw new GoogleWorkflowDefinitionException("", "A definition has at most 128 KB.");
        }

        var root = YamlReader.Read(yaml);
        if (root.List is not null)
        {
            _routines["main"] = new GoogleRoutine("main", [], Steps(root, "main"));
        }
        else
        {
            foreach (var (name, routine) in root.Map ?? throw Wrong("", "A definition is a list of steps or a map of workflows."))
            {
                _routines[name] = Routine(name, routine);
            }
        }

        if (!_routines.ContainsKey("main"))
        {
            throw Wrong("", "There is no workflow 'main'.");
        }

        foreach (var routine in _routines.Values)
        {
            GoogleJumps.Check(routine);
            GoogleVariables.Check(routine, _routines.Keys);
        }

        return _routines;
    }

    private GoogleRoutine Routine(string name, YamlNode node)
    {
        if (node.List is not null)
        {
            return new GoogleRoutine(name, [], Steps(node, name));
        }

        Known(node, name, "params", "steps");
        var parameters = (node.Member("params")?.List ?? []).Select(parameter => parameter switch
        {
            { Text: { } text } => (text, (GoogleTemplate?)null),
            { Map: [var (key, value)] } => (key, GoogleTemplate.Read(value, name, Expressions)),
            _ => throw Wrong(name, "A parameter is a name, or a name with a default."),
        }).ToList();
        if (parameters.Count > (name == "main" ? 1 : 10))
        {
            throw Wrong(name, "The main workflow has at most one parameter, a subworkflow at most ten.");
        }

        return new GoogleRoutine(name, parameters, Steps(node.Member("steps"), name));
    }

    private List<GoogleStep> Steps(YamlNode? node, string place)
    {
        if (node?.List is not { Count: > 0 } list)
        {
            throw Wrong(place, "A list of steps is expected.");
        }

        List<GoogleStep> steps = [];
        foreach (var item in list)
        {
            if (item.Map is not [var (name, body)])
            {
                throw Wrong(place, $"Line {item.Line}: a step has the form 'name: what it does'.");
            }

            if (steps.Exists(step => step.Name == name))
            {
                throw Wrong(place, $"There are two steps '{name}'.");
            }

            steps.Add(Step(name, body, $"{place}/{name}"));
        }

        return steps;
    }

    private GoogleStep Step(string name, YamlNode body, string place, params string[] otherKeys)
    {
        if (body.List is not null)
        {
            return new GoogleStep(name, new GoogleAction.Block(Steps(body, place)), null);
        }

        var members = body.Map ?? throw Wrong(place, "A map is expected.");
        var actions = members.Select(static member => member.Key).Where(key => s_actions.Contains(key)).ToList();
        if (actions.Count > 1)
        {
            throw Wrong(place, $"A step does one thing, not: {string.Join(", ", actions)}.");
        }

        var action = actions is [var kind] ? Action(kind, body, place, otherKeys) : Nothing(body, place, otherKeys);
        var next = body.Member("next") is { } target ? target.Text ?? throw Wrong(place, "'next' names a step.") : null;
        return new GoogleStep(name, action, next);
    }

    private static GoogleAction.Nothing Nothing(YamlNode body, string place, string[] otherKeys)
    {
        Known(body, place, ["next", .. otherKeys]);
        return body.Member("next") is null ? throw Wrong(place, "The step does nothing.") : new GoogleAction.Nothing();
    }

    private GoogleAction Action(string kind, YamlNode body, string place, string[] otherKeys)
    {
        string[] own = kind switch { "call" => ["args", "result"], "try" => ["retry", "except"], _ => [] };
        Known(body, place, [kind, "next", .. own, .. otherKeys]);
        var value = body.Member(kind)!;
        switch (kind)
        {
            case "assign":
                return new GoogleAction.Assign([.. Limited(value, place, "assignments").Select(item => item.Map is [var (target, assigned)]
                    ? (Target(target, place), GoogleTemplate.Read(assigned, place, Expressions))
                    : throw Wrong(place, "An assignment has the form 'variable: value'."))]);
            case "call":
                return new GoogleAction.Call(
                    value.Text ?? throw Wrong(place, "'call' names a function or subworkflow."),
                    [.. (body.Member("args") is { } arguments ? arguments.Map ?? throw Wrong(place, "'args' is a map.") : []).Select(argument => (argument.Key, GoogleTemplate.Read(argument.Value, place, Expressions)))],
                    body.Member("result") is { } result ? Target(result.Text ?? throw Wrong(place, "'result' names a variable."), place) : null);
            case "switch":
                return new GoogleAction.Switch([.. Limited(value, place, "conditions").Select((item, i) => new GoogleCase(
                    GoogleTemplate.Read(item.Member("condition") ?? throw Wrong(place, "A case has a condition."), place, Expressions),
                    Step($"{i}", item, $"{place}[{i}]", "condition")))]);
            case "for":
                return For(value, place);
            case "parallel":
                return Parallel(value, place);
            case "try":
                return Try(value, body, place);
            case "raise":
                return new GoogleAction.Raise(GoogleTemplate.Read(value, place, Expressions));
            case "return":
                return new GoogleAction.Return(GoogleTemplate.Read(value, place, Expressions));
            default:
                return new GoogleAction.Block(Steps(value, place));
        }
    }

    private GoogleAction.For For(YamlNode value, string place)
    {
        Known(value, place, "value", "index", "in", "range", "steps");
        var items = value.Member("in");
        var range = value.Member("range");
        return items is null == range is null
            ? throw Wrong(place, "A loop has either 'in' or 'range'.")
            : new GoogleAction.For(
                value.Member("value")?.Text ?? throw Wrong(place, "A loop names the variable of its 'value'."),
                value.Member("index")?.Text,
                items is null ? null : GoogleTemplate.Read(items, place, Expressions),
                range is null ? null : GoogleTemplate.Read(range, place, Expressions),
                Steps(value.Member("steps"), place));
    }

    private GoogleAction.Parallel Parallel(YamlNode value, string place)
    {
        Known(value, place, "shared", "exception_policy", "concurrency_limit", "branches", "for");
        var branches = value.Member("branches");
        var loop = value.Member("for");
        if (branches is null == loop is null || branches?.List is { Count: not (>= 2 and <= 10) })
        {
            throw Wrong(place, "A parallel step has either 2 to 10 branches or a 'for'.");
        }

        // "continueAll is the only policy currently supported", and the default (syntax reference, parallel steps).
        if (value.Member("exception_policy") is { } policy && policy.Text != "continueAll")
        {
            throw Wrong(place, $"'{policy.Value}' is no exception policy.");
        }

        return new GoogleAction.Parallel(
            [.. (value.Member("shared")?.List ?? []).Select(name => name.Text ?? throw Wrong(place, "'shared' lists variables."))],
            value.Member("concurrency_limit") is { } limit ? GoogleTemplate.Read(limit, place, Expressions) : null,
            branches is null ? [] : Steps(branches, place),
            loop is null ? null : For(loop, place));
    }

    private GoogleAction.Try Try(YamlNode value, YamlNode body, string place)
    {
        IReadOnlyList<GoogleStep> steps = value.Member("steps") is { } list && value.Map!.Count == 1
            ? Steps(list, place)
            : [Step("try", value, place)];
        var handler = body.Member("except");
        if (handler is not null)
        {
            Known(handler, $"{place}/except", "as", "steps");
        }

        var retry = body.Member("retry") is { } policy ? Retry(policy, $"{place}/retry") : null;
        return retry is null && handler is null
            ? throw Wrong(place, "A try has a 'retry' or an 'except'.")
            : new GoogleAction.Try(steps, retry, handler?.Member("as")?.Text, handler is null ? null : Steps(handler.Member("steps"), $"{place}/except"));
    }

    private GoogleRetry Retry(YamlNode policy, string place)
    {
        if (policy.Map is null)
        {
            return new GoogleRetry(GoogleTemplate.Read(policy, place, Expressions));
        }

        Known(policy, place, "predicate", "max_retries", "backoff");
        GoogleTemplate Part(YamlNode? owner, string key) => owner?.Member(key) is { } part
            ? GoogleTemplate.Read(part, place, Expressions)
            : throw new GoogleNotSimulatedException($"a retry without '{key}' (at {place})");
        var backoff = policy.Member("backoff");
        if (backoff is { Map: null })
        {
            return new GoogleRetry(null, Part(policy, "predicate"), Part(policy, "max_retries"), GoogleTemplate.Read(backoff, place, Expressions));
        }

        if (backoff is not null)
        {
            Known(backoff, place, "initial_delay", "max_delay", "multiplier");
        }

        return new GoogleRetry(null, Part(policy, "predicate"), Part(policy, "max_retries"), null, Part(backoff, "initial_delay"), Part(backoff, "max_delay"), Part(backoff, "multiplier"));
    }

    private GoogleTarget Target(string text, string place)
    {
        // The path of a target is written like an expression: my_map.key, my_list[i].
        List<GoogleExpression> path = [];
        var expression = GoogleTemplate.ReadExpression(text, place, []);
        while (true)
        {
            switch (expression)
            {
                case GoogleExpression.Variable variable:
                    path.Reverse();
                    return new GoogleTarget(variable.Name, path);
                case GoogleExpression.Member member:
                    path.Add(new GoogleExpression.Constant(member.Name));
                    expression = member.Target;
                    break;
                case GoogleExpression.Index index:
                    path.Add(index.Key);
                    expression = index.Target;
                    break;
                default:
                    throw Wrong(place, $"'{text}' cannot be assigned to.");
            }
        }
    }

    private static IReadOnlyList<YamlNode> Limited(YamlNode value, string place, string what) => value.List is { Count: >= 1 and <= ListLimit } list
        ? list
        : throw Wrong(place, $"1 to {ListLimit} {what} are expected.");

    private static void Known(YamlNode node, string place, params string[] keys)
    {
        if ((node.Map ?? throw Wrong(place, "A map is expected.")).FirstOrDefault(member => !keys.Contains(member.Key)).Key is { } unknown)
        {
            throw Wrong(place, $"'{unknown}' is not known here.");
        }
    }

    private static GoogleWorkflowDefinitionException Wrong(string place, string message) => new(place, message);
}
