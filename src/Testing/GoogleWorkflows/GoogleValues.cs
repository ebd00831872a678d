using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portable.Testing.GoogleWorkflows;

// A value is a C# object: null, bool, long, double, string, GoogleBytes, List<object?>, GoogleMap, or a GoogleFunction.

/// <summary>A map: members in order of insertion.</summary>
internal sealed class GoogleMap
{
    private readonly List<KeyValuePair<string, object?>> _members = [];

    public int Count => _members.Count;

    public IEnumerable<string> Keys => _members.Select(static member => member.Key);

    public IReadOnlyList<KeyValuePair<string, object?>> Members => _members;

    public object? this[string key]
    {
        get => TryGet(key, out var value) ? value : throw new KeyNotFoundException(key);
        set
        {
            var index = _members.FindIndex(member => member.Key == key);
            if (index < 0)
            {
                _members.Add(new(key, value));
            }
            else
            {
                _members[index] = new(key, value);
            }
        }
    }

    public bool TryGet(string key, out object? value)
    {
        var index = _members.FindIndex(member => member.Key == key);
        value = index < 0 ? null : _members[index].Value;
        return index >= 0;
    }

    public bool Remove(string key) => _members.RemoveAll(member => member.Key == key) > 0;
}

/// <summary>Bytes: what <c>json.encode</c> makes and <c>base64.encode</c> takes.</summary>
internal sealed record GoogleBytes(byte[] Value)
{
    public static GoogleBytes FromBase64(string text)
    {
        try
        {
            return new GoogleBytes(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw GoogleError.Of("ValueError", "the text is not base64");
        }
    }
}

/// <summary>Something that a name stands for and that is no data: a subworkflow used as a predicate, or a policy's part.</summary>
internal sealed record GoogleFunction(string Name);

/// <summary>Between JSON text and values. Integers stay exact.</summary>
internal static class GoogleJson
{
    public static object? Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        return From(document.RootElement);
    }

    public static object? From(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new GoogleMap();
                foreach (var member in element.EnumerateObject())
                {
                    map[member.Name] = From(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(From).ToList();
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var integer) && !element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? (object)integer : element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    public static string Write(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>How many bytes a value has as JSON text.</summary>
    public static int Size(object? value) => value switch
    {
        GoogleBytes bytes => bytes.Value.Length,
        GoogleFunction => 0,
        List<object?> list => 2 + list.Sum(static item => Size(item) + 1),
        GoogleMap map => 2 + map.Members.Sum(static member => Encoding.UTF8.GetByteCount(member.Key) + 4 + Size(member.Value)),
        _ => Encoding.UTF8.GetByteCount(Write(value)),
    };

    public static object? Copy(object? value) => value switch
    {
        List<object?> list => list.Select(Copy).ToList(),
        GoogleMap map => Copy(map),
        _ => value,
    };

    /// <summary>A double's text. It shows that it is no integer, unlike its JSON.</summary>
    public static string Text(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1e15
        ? value.ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static GoogleMap Copy(GoogleMap map)
    {
        var copy = new GoogleMap();
        foreach (var (key, value) in map.Members)
        {
            copy[key] = Copy(value);
        }

        return copy;
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case List<object?> list:
                writer.WriteStartArray();
                list.ForEach(item => Write(writer, item));
                writer.WriteEndArray();
                break;
            case GoogleMap map:
                writer.WriteStartObject();
                foreach (var (key, member) in map.Members)
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            default:
                throw GoogleError.Of("TypeError", "The value cannot be encoded as JSON.");
        }
    }
}

/// <summary>A raised value: any value, for the engine's own errors a map with message and tags.</summary>
internal sealed class GoogleError(object? value) : Exception(GoogleJson.Write(value))
{
    public object? Value { get; } = value;

    public static GoogleError Of(string tag, string message, params string[] moreTags) => new(Map(tag, message, moreTags));

    public static GoogleMap Map(string tag, string message, params string[] moreTags) => new()
    {
        ["message"] = $"{tag}: {message}",
        ["tags"] = new List<object?> { tag }.Concat(moreTags).ToList(),
    };

    /// <summary>The error in the form that every engine shares.</summary>
    public SimulationError ToSimulationError()
    {
        if (Value is not GoogleMap map)
        {
            return new SimulationError("Error", Value as string ?? GoogleJson.Write(Value), GoogleJson.Write(Value));
        }

        map.TryGet("message", out var message);
        var code = map.TryGet("code", out var given) && given is not null ? given as string ?? GoogleJson.Write(given)
            : map.TryGet("tags", out var tags) && tags is List<object?> { Count: > 0 } list ? list[0] as string ?? "Error"
            : "Error";
        return new SimulationError(code, message as string ?? GoogleJson.Write(message), GoogleJson.Write(map));
    }
}
