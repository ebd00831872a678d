using System.Text;
using System.Text.Json;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>The functions that expressions may call.</summary>
internal sealed class GoogleLibrary(GoogleWorkflowOptions options, GoogleWorld world)
{
    public static string TypeName(object? value) => value switch
    {
        null => "null",
        bool => "boolean",
        long => "integer",
        double => "double",
        string => "string",
        GoogleBytes => "bytes",
        List<object?> => "list",
        GoogleMap => "map",
        _ => "function",
    };

    public object? Call(string function, object?[] arguments)
    {
        var call = new GoogleCall(function, arguments);
        return function switch
        {
            "default" => call.Count(2)[0] ?? call[1],
            "if" => GoogleEvaluator.Boolean(call.Count(3)[0], "if") ? call[1] : call[2],
            "int" => GoogleConversions.Integer(call.Count(1)[0]),
            "double" => GoogleConversions.Double(call.Count(1)[0]),
            "string" => GoogleConversions.Text(call.Count(1)[0]),
            "len" => GoogleConversions.Length(call.Count(1)[0]),
            "keys" => call.Count(1).Map(0).Keys.Cast<object?>().ToList(),
            "get_type" => TypeName(call.Count(1)[0]),
            "not" => !GoogleEvaluator.Boolean(call.Count(1)[0], "not"),
            "sys.get_env" => Environment(call.Between(1, 2)),
            "sys.now" => GoogleTime.Seconds(world.Clock.Now),
            "uuid.generate" => world.NewUuid(),
            "http.get" or "http.post" or "http.put" or "http.patch" or "http.delete" or "http.request" or "sys.sleep" or "sys.sleep_until" or "sys.log"
                or "events.create_callback_endpoint" or "events.await_callback" =>
                throw GoogleError.Of("TypeError", $"'{function}' blocks and cannot be called in an expression"),
            _ => Module(call),
        };
    }

    private static object? Module(GoogleCall call) => call.Function switch
    {
        "json.encode" => new GoogleBytes(Encoding.UTF8.GetBytes(GoogleJson.Write(call.Count(1)[0]))),
        "json.encode_to_string" => GoogleJson.Write(call.Count(1)[0]),
        "json.decode" => Decode(call.Count(1)[0] is GoogleBytes bytes ? Encoding.UTF8.GetString(bytes.Value) : call.Text(0)),
        "base64.encode" => Convert.ToBase64String(call.Count(1).Bytes(0)),
        "base64.decode" => GoogleBytes.FromBase64(call.Count(1).Text(0)),
        "text.encode" => new GoogleBytes(Encoding.UTF8.GetBytes(Utf8(call.Between(1, 2)).Text(0))),
        "text.decode" => Encoding.UTF8.GetString(Utf8(call.Between(1, 2)).Bytes(0)),
        "text.to_lower" => GoogleConversions.Ascii(call.Count(1).Text(0)).ToLowerInvariant(),
        "text.to_upper" => GoogleConversions.Ascii(call.Count(1).Text(0)).ToUpperInvariant(),
        "text.split" => call.Count(2).Text(0).Split(call.Text(1)).Cast<object?>().ToList(),
        "text.replace_all" => call.Count(3).Text(0).Replace(call.Text(1), call.Text(2), StringComparison.Ordinal),
        "text.substring" => Substring(call.Count(3)),
        "text.url_encode" => Uri.EscapeDataString(call.Count(1).Text(0)),
        "text.url_decode" => Uri.UnescapeDataString(call.Count(1).Text(0)),
        "time.format" => GoogleTime.Format(GoogleTime.FromSeconds(call.Between(1, 2)[0]), call.Given == 2 ? call.Text(1) : ""),
        "time.parse" => GoogleTime.Seconds(GoogleTime.Parse(call.Count(1)[0], "a timestamp")),
        "map.get" => call.Given == 3 ? throw new GoogleNotSimulatedException("map.get with a default") : Get(call.Count(2)[0], call[1]),
        "map.delete" => Without(call.Count(2).Map(0), call.Text(1)),
        "map.merge" => Merged(call.Count(2).Map(0), call.Map(1), nested: false),
        "map.merge_nested" => Merged(call.Count(2).Map(0), call.Map(1), nested: true),
        "list.concat" => call.Count(2).List(0).Append(GoogleJson.Copy(call[1])).ToList(),
        "list.prepend" => call.Count(2).List(0).Prepend(GoogleJson.Copy(call[1])).ToList(),
        "math.abs" => call.Count(1)[0] switch { long integer => (object)Math.Abs(integer), double number => Math.Abs(number), _ => throw call.Wrong(0, "number") },
        "math.floor" => call.Count(1)[0] switch { long integer => integer, double number => (long)Math.Floor(number), _ => throw call.Wrong(0, "number") },
        "math.max" => GoogleOperators.Apply(">=", call.Count(2)[0], call[1]) is true ? call[0] : call[1],
        "math.min" => GoogleOperators.Apply("<=", call.Count(2)[0], call[1]) is true ? call[0] : call[1],
        var function => throw new GoogleNotSimulatedException($"the function '{function}'"),
    };

    private object? Environment(GoogleCall call)
    {
        var name = call.Text(0);
        if (options.Environment.TryGetValue(name, out var value))
        {
            return value;
        }

        return name switch
        {
            "GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID" => options.ExecutionId,
            "GOOGLE_CLOUD_WORKFLOW_ID" => options.WorkflowId,
            "GOOGLE_CLOUD_PROJECT_ID" => options.ProjectId,
            "GOOGLE_CLOUD_LOCATION" => options.Location,
            _ when call.Given == 2 => call[1],
            _ => throw GoogleError.Of("KeyError", $"environment variable not found: {name}"),
        };
    }

    private static GoogleCall Utf8(GoogleCall call) => call.Given == 1 || call.Text(1).Equals("UTF-8", StringComparison.OrdinalIgnoreCase)
        ? call
        : throw new GoogleNotSimulatedException($"the character set '{call[1]}'");

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

    private static string Substring(GoogleCall call)
    {
        var text = GoogleConversions.Ascii(call.Text(0));
        return call[1] is long start and >= 0 && call[2] is long end && end >= start && end <= text.Length
            ? text[(int)start..(int)end]
            : throw GoogleError.Of("IndexError", "the range is outside the text");
    }
}

/// <summary>A call of a library function.</summary>
internal readonly struct GoogleCall(string function, object?[] values)
{
    public string Function => function;

    public int Given => values.Length;

    public object? this[int index] => values[index];

    public GoogleCall Count(int expected) => Between(expected, expected);

    public GoogleCall Between(int least, int most) => values.Length >= least && values.Length <= most
        ? this
        : throw GoogleError.Of("TypeError", $"{function} takes {least} argument(s), not {values.Length}");

    public string Text(int index) => values[index] as string ?? throw Wrong(index, "string");

    public byte[] Bytes(int index) => values[index] switch
    {
        GoogleBytes bytes => bytes.Value,
        string text => Encoding.UTF8.GetBytes(text),
        _ => throw Wrong(index, "string or bytes"),
    };

    public GoogleMap Map(int index) => values[index] as GoogleMap ?? throw Wrong(index, "map");

    public List<object?> List(int index) => values[index] as List<object?> ?? throw Wrong(index, "list");

    public GoogleError Wrong(int index, string expected) => GoogleError.Of("TypeError", $"argument {index + 1} of {function} is a {GoogleLibrary.TypeName(values[index])}, not a {expected}");
}
