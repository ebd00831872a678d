using System.Text.Json;
using Portable.Testing.Jsonata;
using Portable.Testing.Jsonata.Evaluation;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Asl;

/// <summary>A JSON value in which strings of the form <c>{% ... %}</c> are expressions.</summary>
internal sealed class AslTemplate
{
    private readonly JsonataExpression? _expression;
    private readonly List<AslTemplate>? _items;
    private readonly List<(string Name, AslTemplate Value)>? _members;
    private readonly object? _constant;
    private readonly string _place;

    private AslTemplate(string place, JsonataExpression? expression = null, List<AslTemplate>? items = null, List<(string, AslTemplate)>? members = null, object? constant = null) =>
        (_place, _expression, _items, _members, _constant) = (place, expression, items, members, constant);

    /// <summary>Whether the whole value is an expression.</summary>
    public bool IsExpression => _expression is not null;

    /// <summary>The value, when no expression is in it.</summary>
    public object? Constant => _constant;

    public static AslTemplate Read(JsonElement value, string place, List<AslExpression> expressions)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return new AslTemplate(place, members: [.. value.EnumerateObject().Select(member => (member.Name, Read(member.Value, $"{place}/{member.Name}", expressions)))]);
            case JsonValueKind.Array:
                return new AslTemplate(place, items: [.. value.EnumerateArray().Select((item, i) => Read(item, $"{place}[{i}]", expressions))]);
            case JsonValueKind.String when Delimited(value.GetString()!) is { } text:
                expressions.Add(new AslExpression(place, text));
                try
                {
                    return new AslTemplate(place, JsonataExpression.Parse(text));
                }
                catch (JsonataException e)
                {
                    throw new AslDefinitionException(place, e.Message);
                }

            default:
                return new AslTemplate(place, constant: JsonataJson.From(value));
        }
    }

    public object Evaluate(IReadOnlyDictionary<string, object?> variables, EvaluationClock clock, Action<AslEvaluation>? evaluated = null)
    {
        if (_expression is not null)
        {
            return Result(variables, clock, evaluated);
        }

        if (_items is not null)
        {
            return new JsonataList(_items.Select(item => (object?)item.Evaluate(variables, clock, evaluated)));
        }

        if (_members is null)
        {
            return _constant!;
        }

        var result = new JsonataObject();
        foreach (var (name, value) in _members)
        {
            result[name] = value.Evaluate(variables, clock, evaluated);
        }

        return result;
    }

    private object Result(IReadOnlyDictionary<string, object?> variables, EvaluationClock clock, Action<AslEvaluation>? evaluated)
    {
        object? result = null;
        string? error = null;
        try
        {
            result = _expression!.Evaluate(null, variables, clock);
            if (result is not null)
            {
                // What leaves an expression is JSON: neither marks of sequences nor functions nor infinite numbers.
                result = JsonataJson.Parse(JsonataJson.Write(result));
            }
        }
        catch (JsonataException e) when (e is not JsonataNotSupportedException)
        {
            error = e.Code;
            throw new AslError(AslError.QueryEvaluation, $"The expression at {_place} failed: {e.Message}");
        }
        finally
        {
            evaluated?.Invoke(new AslEvaluation(_expression!.Text, variables, result, error));
        }

        return result ?? throw new AslError(AslError.QueryEvaluation, $"The expression at {_place} returned nothing (undefined).");
    }

    private static string? Delimited(string text) => text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) && text.Length >= 4
        ? text[2..^2].Trim()
        : null;
}

/// <summary>
/// An error of a run, as retriers and catchers see it. <c>States.ALL</c> matches neither <c>States.DataLimitExceeded</c> nor <c>States.Runtime</c>, which
/// are terminal, and <c>States.TaskFailed</c> no timeout (developer guide, handling errors).
/// </summary>
internal sealed class AslError(string name, string? cause, bool heartbeatMissed = false) : Exception(name)
{
    public const string All = "States.ALL";
    public const string DataLimit = "States.DataLimitExceeded";
    public const string HeartbeatTimedOut = "States.HeartbeatTimeout";
    public const string NoChoice = "States.NoChoiceMatched";
    public const string QueryEvaluation = "States.QueryEvaluationError";
    public const string RuntimeError = "States.Runtime";
    public const string TaskFailed = "States.TaskFailed";
    public const string TimedOut = "States.Timeout";

    public string Name { get; } = name;

    public string? Cause { get; } = cause;

    public bool Matches(string pattern) => pattern switch
    {
        All => Name is not (DataLimit or RuntimeError),
        TaskFailed => Name is not (TimedOut or DataLimit or RuntimeError),

        // A missed heartbeat is reported as States.Timeout; retriers and catchers know it by its own name too.
        HeartbeatTimedOut => heartbeatMissed || Name == pattern,
        _ => Name == pattern,
    };
}
