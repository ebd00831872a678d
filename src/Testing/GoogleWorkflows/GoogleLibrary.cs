using System.Globalization;
using System.Text.Json;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>The functions that expressions may call.</summary>
internal sealed class GoogleLibrary(GoogleWorkflowOptions options, VirtualClock clock)
{
    private int _uuids;

    public static string TypeName(object? value) => value switch
    {
        null => "null",
        bool => "boolean",
        long => "integer",
        double => "double",
        string => "string",
        List<object?> => "list",
        GoogleMap => "map",
        _ => "function",
    };

    public object? Call(string function, object?[] arguments)
    {
        var call = new Arguments(function, arguments);
        return function switch
        {
            "default" => call.Count(2)[0] ?? call[1],
            "if" => GoogleEvaluator.Boolean(call.Count(3)[0], "if") ? call[1] : call[2],
            "int" => Integer(call.Count(1)[0]),
            "double" => Double(call.Count(1)[0]),
            "string" => Text(call.Count(1)[0]),
            "len" => Length(call.Count(1)[0]),
            "keys" => call.Count(1).Map(0).Keys.Cast<object?>().ToList(),
            "get_type" => TypeName(call.Count(1)[0]),
            "not" => !GoogleEvaluator.Boolean(call.Count(1)[0], "not"),
            "sys.get_env" => Environment(call.Between(1, 2)),
            "sys.now" => (clock.Now - DateTimeOffset.UnixEpoch).TotalSeconds,
            "json.encode_to_string" => GoogleJson.Write(call.Count(1)[0]),
            "json.decode" => Decode(call.Count(1).Text(0)),
            "map.get" => Get(call.Count(2)[0], call[1]),
            "map.delete" => Without(call.Count(2).Map(0), call.Text(1)),
            "map.merge" => Merged(call.Count(2).Map(0), call.Map(1), nested: false),
            "map.merge_nested" => Merged(call.Count(2).Map(0), call.Map(1), nested: true),
            "list.concat" => call.Count(2).List(0).Append(GoogleJson.Copy(call[1])).ToList(),
            "list.prepend" => call.Count(2).List(0).Prepend(GoogleJson.Copy(call[1])).ToList(),
            "math.abs" => call.Count(1)[0] switch { long integer => (object)Math.Abs(integer), double number => Math.Abs(number), _ => throw call.Wrong(0, "number") },
            "math.floor" => call.Count(1)[0] switch { long integer => integer, double number => (long)Math.Floor(number), _ => throw call.Wrong(0, "number") },
            "math.max" => GoogleOperators.Apply(">=", call.Count(2)[0], call[1]) is true ? call[0] : call[1],
            "math.min" => GoogleOperators.Apply("<=", call.Count(2)[0], call[1]) is true ? call[0] : call[1],
            "text.to_lower" => Ascii(call.Count(1).Text(0)).ToLowerInvariant(),
            "text.to_upper" => Ascii(call.Count(1).Text(0)).ToUpperInvariant(),
            "text.split" => call.Count(2).Text(0).Split(call.Text(1)).Cast<object?>().ToList(),
            "text.replace_all" => call.Count(3).Text(0).Replace(call.Text(1), call.Text(2), StringComparison.Ordinal),
            "text.substring" => Substring(call.Count(3)),
            "text.url_encode" => Uri.EscapeDataString(call.Count(1).Text(0)),
            "uuid.generate" => new Guid(_uuids++, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]).ToString(),
            "http.get" or "http.post" or "http.put" or "http.patch" or "http.delete" or "http.request" or "sys.sleep" or "sys.sleep_until" or "sys.log" =>
                throw GoogleError.Of("TypeError", $"'{function}' blocks and cannot be called in an expression"),
            _ => throw new GoogleNotSimulatedException($"the function '{function}'"),
        };
    }

    private object? Environment(Arguments call)
    {
        var name = call.Text(0);
        if (options.Environment.TryGetValue(name, out var value))
        {
            return value;
        }

        return name switch
        {
            "GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID" => options.ExecutionId,
            _ when call.Given == 2 => call[1],
            _ => throw GoogleError.Of("KeyError", $"environment variable not found: {name}"),
        };
    }

    private static object Integer(object? value)
    {
        switch (value)
        {
            case long:
                return value;
            case double number when number is > -9.2e18 and < 9.2e18:
                return (long)Math.Truncate(number);
            case string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return integer;
            case string text:
                throw GoogleError.Of("ValueError", $"'{text}' is no integer");
            default:
                throw GoogleError.Of("TypeError", $"a {TypeName(value)} has no integer");
        }
    }

    private static object Double(object? value) => value switch
    {
        double => value,
        long integer => (double)integer,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw GoogleError.Of("ValueError", $"'{text}' is no double"),
        _ => throw GoogleError.Of("TypeError", $"a {TypeName(value)} has no double"),
    };

    private static string Text(object? value) => value switch
    {
        string text => text,
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => GoogleJson.Text(number),
        _ => throw new GoogleNotSimulatedException($"string() of a {TypeName(value)}"),
    };

    private static object Length(object? value) => value switch
    {
        List<object?> list => (long)list.Count,
        GoogleMap map => (long)map.Count,
        string text => (long)Ascii(text).Length,
        _ => throw GoogleError.Of("TypeError", $"a {TypeName(value)} has no length"),
    };

    private static object? Decode(string text)
    {
        try
        {
            return GoogleJson.Parse(text);
        }
        catch (JsonException)
        {
            throw GoogleError.Of("ValueError", "the text is not JSON");
        }
    }

    private static object? Get(object? map, object? keys)
    {
        switch (keys)
        {
            case string key:
                return map is GoogleMap members && members.TryGet(key, out var value) ? value : null;
            case List<object?> path when path.TrueForAll(static key => key is string):
                return path.Aggregate(map, Get);
            default:
                throw GoogleError.Of("TypeError", "a key of a map is a string");
        }
    }

    private static GoogleMap Without(GoogleMap map, string key)
    {
        var result = (GoogleMap)GoogleJson.Copy(map)!;
        return result.Remove(key) ? result : throw GoogleError.Of("KeyError", $"key not found: {key}");
    }

    private static GoogleMap Merged(GoogleMap left, GoogleMap right, bool nested)
    {
        var result = (GoogleMap)GoogleJson.Copy(left)!;
        foreach (var (key, value) in right.Members)
        {
            result[key] = nested && value is GoogleMap inner && result.TryGet(key, out var known) && known is GoogleMap map
                ? Merged(map, inner, nested)
                : GoogleJson.Copy(value);
        }

        return result;
    }

    private static string Substring(Arguments call)
    {
        var text = Ascii(call.Text(0));
        return call[1] is long start and >= 0 && call[2] is long end && end >= start && end <= text.Length
            ? text[(int)start..(int)end]
            : throw GoogleError.Of("IndexError", "the range is outside the text");
    }

    // Whether lengths and positions count bytes or characters is not documented: both agree on ASCII.
    private static string Ascii(string text) => text.All(char.IsAscii) ? text : throw new GoogleNotSimulatedException("length, position or case of characters beyond ASCII");

    private readonly struct Arguments(string function, object?[] values)
    {
        public int Given => values.Length;

        public object? this[int index] => values[index];

        public Arguments Count(int expected) => Between(expected, expected);

        public Arguments Between(int least, int most) => values.Length >= least && values.Length <= most
            ? this
            : throw GoogleError.Of("TypeError", $"{function} takes {least} argument(s), not {values.Length}");

        public string Text(int index) => values[index] as string ?? throw Wrong(index, "string");

        public GoogleMap Map(int index) => values[index] as GoogleMap ?? throw Wrong(index, "map");

        public List<object?> List(int index) => values[index] as List<object?> ?? throw Wrong(index, "list");

        public GoogleError Wrong(int index, string expected) => GoogleError.Of("TypeError", $"argument {index + 1} of {function} is a {TypeName(values[index])}, not a {expected}");
    }
}
