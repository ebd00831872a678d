using System.Text.Json;

namespace Portable.Testing.Asl;

/// <summary>Reads a definition. A field that is unknown, or that JSONata states do not have, is an error.</summary>
internal sealed class AslReader
{
    private static readonly string[] s_machine = ["Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"];
    private static readonly string[] s_inner = ["Comment", "QueryLanguage", "StartAt", "States", "ProcessorConfig"];
    private static readonly string[] s_distributed = ["ItemReader", "ItemBatcher", "ResultWriter", "ToleratedFailureCount", "ToleratedFailurePercentage", "Label"];
    private static readonly string[] s_common = ["Type", "Comment", "QueryLanguage"];
    private static readonly string[] s_goesOn = ["Output", "Assign", "Next", "End"];
    private static readonly Dictionary<AslStateType, string[]> s_fields = new()
    {
        [AslStateType.Task] = [.. s_goesOn, "Resource", "Arguments", "TimeoutSeconds", "HeartbeatSeconds", "Retry", "Catch", "Credentials"],
        [AslStateType.Pass] = s_goesOn,
        [AslStateType.Choice] = ["Output", "Assign", "Choices", "Default"],
        [AslStateType.Wait] = [.. s_goesOn, "Seconds", "Timestamp"],
        [AslStateType.Succeed] = ["Output"],
        [AslStateType.Fail] = ["Error", "Cause"],
        [AslStateType.Parallel] = [.. s_goesOn, "Branches", "Arguments", "Retry", "Catch"],
        [AslStateType.Map] = [.. s_goesOn, "Items", "ItemSelector", "ItemProcessor", "MaxConcurrency", "Retry", "Catch"],
    };

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public List<AslExpression> Expressions { get; } = [];

    /// <summary>Reads a whole definition.</summary>
    public AslMachine Definition(JsonElement definition)
    {
        var machine = Machine(definition, "", inherited: false);
        CheckVariables(machine, new HashSet<string>());
        return machine;
    }

    private AslMachine Machine(JsonElement definition, string place, bool inherited)
    {
        Object(definition, place);
        var known = place.Length == 0 ? s_machine : s_inner;
        if (definition.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new AslDefinitionException(place, $"A machine {(place.Length == 0 ? "" : "inside a state ")}has no field '{unknown.Name}'.");
        }

        var jsonata = Language(definition, place) ?? inherited;
        var states = new Dictionary<string, AslState>(StringComparer.Ordinal);
        foreach (var member in Required(definition, "States", place).EnumerateObject())
        {
            var here = place.Length == 0 ? member.Name : $"{place}/{member.Name}";
            if (member.Name.Length is 0 or > 80)
            {
                throw new AslDefinitionException(here, "The name of a state has 1 to 80 characters.");
            }

            if (!_names.Add(member.Name))
            {
                throw new AslDefinitionException(here, "The name of a state is unique in the machine.");
            }

            states.Add(member.Name, State(member.Name, member.Value, here, jsonata));
        }

        var machine = new AslMachine(Text(definition, "StartAt", place), states, Seconds(definition, "TimeoutSeconds", place) is { } timeout ? TimeSpan.FromSeconds(timeout) : null);
        CheckTargets(machine, place);
        return machine;
    }

    private AslState State(string name, JsonElement state, string place, bool inherited)
    {
        Object(state, place);
        var typeName = Text(state, "Type", place);
        if (!Enum.TryParse<AslStateType>(typeName, out var type))
        {
            throw new AslDefinitionException(place, $"'{typeName}' is no type of state.");
        }

        if (!(Language(state, place) ?? inherited))
        {
            throw new AslDefinitionException(place, "Only JSONata is simulated; set \"QueryLanguage\": \"JSONata\" on the machine.");
        }

        foreach (var field in state.EnumerateObject())
        {
            if (type == AslStateType.Map && s_distributed.Contains(field.Name))
            {
                throw new AslDefinitionException(place, $"'{field.Name}' belongs to distributed maps, and only INLINE maps are simulated.");
            }

            if (!s_common.Contains(field.Name) && !s_fields[type].Contains(field.Name))
            {
                throw new AslDefinitionException(place, $"A JSONata {type} state has no field '{field.Name}'.");
            }
        }

        CheckTimes(state, place);
        return new AslState(name, type)
        {
            Next = TextOrNull(state, "Next", place),
            End = state.TryGetProperty("End", out var end) && end.ValueKind == JsonValueKind.True,
            Resource = type == AslStateType.Task ? Text(state, "Resource", place) : null,
            Arguments = Template(state, "Arguments", place),
            Output = Template(state, "Output", place),
            Assign = Assign(state, place),
            TimeoutSeconds = Template(state, "TimeoutSeconds", place),
            HeartbeatSeconds = Template(state, "HeartbeatSeconds", place),
            Seconds = Template(state, "Seconds", place),
            Timestamp = Template(state, "Timestamp", place),
            Error = Template(state, "Error", place),
            Cause = Template(state, "Cause", place),
            Choices = type == AslStateType.Choice ? Each(Required(state, "Choices", place), $"{place}/Choices", Choice) : [],
            Default = TextOrNull(state, "Default", place),
            Retriers = Each(state, "Retry", place, Retrier),
            Catchers = Each(state, "Catch", place, Catcher),
            Branches = type switch
            {
                AslStateType.Parallel => Each(Required(state, "Branches", place), $"{place}/Branches", (branch, at) => Machine(branch, at, inherited)),
                AslStateType.Map => [Processor(Required(state, "ItemProcessor", place), $"{place}/ItemProcessor", inherited)],
                _ => [],
            },
            Items = Template(state, "Items", place),
            ItemSelector = Template(state, "ItemSelector", place),
            MaxConcurrency = Template(state, "MaxConcurrency", place),
        };
    }

    // A name that the scope around has cannot be assigned inside (developer guide, workflow variables).
    private static void CheckVariables(AslMachine machine, IReadOnlySet<string> outer)
    {
        HashSet<string> own = new(StringComparer.Ordinal);
        foreach (var state in machine.States.Values)
        {
            var assigned = state.Assign.Concat(state.Choices.SelectMany(static choice => choice.Assign)).Concat(state.Catchers.SelectMany(static catcher => catcher.Assign));
            foreach (var (name, _) in assigned)
            {
                if (outer.Contains(name))
                {
                    throw new AslDefinitionException(state.Name, $"The variable '{name}' belongs to the scope outside the branch, which can be read here but not assigned.");
                }

                own.Add(name);
            }
        }

        own.UnionWith(outer);
        foreach (var inner in machine.States.Values.SelectMany(static state => state.Branches))
        {
            CheckVariables(inner, own);
        }
    }

    private AslMachine Processor(JsonElement processor, string place, bool inherited)
    {
        if (processor.TryGetProperty("ProcessorConfig", out var config) && config.TryGetProperty("Mode", out var mode) && mode.GetString() != "INLINE")
        {
            throw new AslDefinitionException(place, "Only INLINE maps are simulated.");
        }

        return Machine(processor, place, inherited);
    }

    private AslChoice Choice(JsonElement rule, string place) => new(
        Template(rule, "Condition", place) ?? throw new AslDefinitionException(place, "A choice has a 'Condition'."),
        Text(rule, "Next", place),
        Template(rule, "Output", place),
        Assign(rule, place));

    private AslRetrier Retrier(JsonElement retrier, string place)
    {
        var attempts = Seconds(retrier, "MaxAttempts", place) ?? 3;
        var interval = Seconds(retrier, "IntervalSeconds", place) ?? 1;
        var rate = Seconds(retrier, "BackoffRate", place) ?? 2;
        if (attempts is < 0 or > 99_999_999 || interval < 1 || rate < 1)
        {
            throw new AslDefinitionException(place, "MaxAttempts is 0 to 99999999, IntervalSeconds at least 1, BackoffRate at least 1.");
        }

        return new AslRetrier(ErrorNames(retrier, place), (int)attempts, interval, rate, Seconds(retrier, "MaxDelaySeconds", place));
    }

    private AslCatcher Catcher(JsonElement catcher, string place) =>
        new(ErrorNames(catcher, place), Text(catcher, "Next", place), Template(catcher, "Output", place), Assign(catcher, place));

    private static void CheckTimes(JsonElement state, string place)
    {
        if (state.TryGetProperty("HeartbeatSeconds", out var heartbeat) && heartbeat.ValueKind == JsonValueKind.Number
            && state.TryGetProperty("TimeoutSeconds", out var timeout) && timeout.ValueKind == JsonValueKind.Number
            && heartbeat.GetDouble() >= timeout.GetDouble())
        {
            throw new AslDefinitionException(place, "HeartbeatSeconds is smaller than TimeoutSeconds.");
        }

        if (state.TryGetProperty("Seconds", out _) && state.TryGetProperty("Timestamp", out _))
        {
            throw new AslDefinitionException(place, "A Wait state has either 'Seconds' or 'Timestamp'.");
        }
    }

    private static IReadOnlyList<string> ErrorNames(JsonElement owner, string place)
    {
        var names = Required(owner, "ErrorEquals", place).EnumerateArray().Select(static name => name.GetString()!).ToList();
        return names.Count == 0 || (names.Count > 1 && names.Contains(AslError.All))
            ? throw new AslDefinitionException(place, "ErrorEquals names at least one error, and States.ALL stands alone.")
            : names;
    }

    private static void CheckTargets(AslMachine machine, string place)
    {
        foreach (var state in machine.States.Values)
        {
            List<string?> targets = [state.Next, state.Default, .. state.Choices.Select(static choice => choice.Next), .. state.Catchers.Select(static catcher => catcher.Next)];
            if (targets.Find(target => target is not null && !machine.States.ContainsKey(target)) is { } missing)
            {
                throw new AslDefinitionException(state.Name, $"There is no state '{missing}'.");
            }

            var ends = state.Type is AslStateType.Choice or AslStateType.Succeed or AslStateType.Fail;
            if (ends ? state.End || state.Next is not null : state.End == state.Next is not null)
            {
                throw new AslDefinitionException(state.Name, ends ? $"A {state.Type} state has neither 'Next' nor 'End'." : "A state has either 'Next' or 'End'.");
            }

            foreach (var handlers in new[] { state.Retriers.Select(static retrier => retrier.ErrorEquals), state.Catchers.Select(static catcher => catcher.ErrorEquals) })
            {
                if (handlers.SkipLast(1).Any(static names => names.Contains(AslError.All)))
                {
                    throw new AslDefinitionException(state.Name, "States.ALL stands in the last retrier or catcher.");
                }
            }
        }

        if (!machine.States.ContainsKey(machine.StartAt))
        {
            throw new AslDefinitionException(place, $"There is no state '{machine.StartAt}' to start at.");
        }
    }

    private AslTemplate? Template(JsonElement owner, string field, string place) =>
        owner.TryGetProperty(field, out var value) ? AslTemplate.Read(value, $"{place}/{field}", Expressions) : null;

    private List<(string Name, AslTemplate Value)> Assign(JsonElement owner, string place)
    {
        if (!owner.TryGetProperty("Assign", out var assign))
        {
            return [];
        }

        Object(assign, $"{place}/Assign");
        if (assign.TryGetProperty("states", out _))
        {
            throw new AslDefinitionException($"{place}/Assign", "'states' is no name for a variable.");
        }

        return [.. assign.EnumerateObject().Select(member => (member.Name, AslTemplate.Read(member.Value, $"{place}/Assign/{member.Name}", Expressions)))];
    }

    private static bool? Language(JsonElement owner, string place) => TextOrNull(owner, "QueryLanguage", place) switch
    {
        null => null,
        "JSONata" => true,
        "JSONPath" => false,
        var other => throw new AslDefinitionException(place, $"'{other}' is no query language."),
    };

    private static IReadOnlyList<T> Each<T>(JsonElement owner, string field, string place, Func<JsonElement, string, T> read) =>
        owner.TryGetProperty(field, out var list) ? Each(list, $"{place}/{field}", read) : [];

    private static IReadOnlyList<T> Each<T>(JsonElement list, string place, Func<JsonElement, string, T> read) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
        ? [.. list.EnumerateArray().Select((item, i) => read(item, $"{place}[{i}]"))]
        : throw new AslDefinitionException(place, "A list that is not empty is expected.");

    private static JsonElement Required(JsonElement owner, string field, string place) => owner.TryGetProperty(field, out var value)
        ? value
        : throw new AslDefinitionException(place, $"The field '{field}' is missing.");

    private static string Text(JsonElement owner, string field, string place) =>
        TextOrNull(owner, field, place) ?? throw new AslDefinitionException(place, $"The field '{field}' is missing.");

    private static string? TextOrNull(JsonElement owner, string field, string place) => !owner.TryGetProperty(field, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new AslDefinitionException(place, $"The field '{field}' is a string.");

    private static double? Seconds(JsonElement owner, string field, string place) => !owner.TryGetProperty(field, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw new AslDefinitionException(place, $"The field '{field}' is a number.");

    private static void Object(JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new AslDefinitionException(place, "An object is expected.");
        }
    }
}
