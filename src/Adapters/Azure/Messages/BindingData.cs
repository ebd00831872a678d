using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Portable.Azure;

/// <summary>
/// What the Functions host tells beside a trigger's payload. The isolated worker has it as texts, as JSON in texts and as lists of texts or numbers
/// (facts: <c>GrpcFunctionBindingsFeature</c>); a custom handler gets JSON, in which arrays are JSON in texts (facts: <c>GetHttpScriptInvocationContextValue</c>).
/// Read here, they are all the same, and what has another form counts as absent: nothing of it is needed to handle a message.
/// </summary>
internal readonly struct BindingData(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>A single value as text.</summary>
    public string? Text(string name) => values.TryGetValue(name, out var value) ? Plain(value) : null;

    /// <summary>A single time; one without an offset is UTC.</summary>
    public DateTimeOffset? Time(string name) => ReadTime(Text(name));

    /// <summary>An object; undefined when there is none.</summary>
    public JsonElement Object(string name) => Parse(name) is { ValueKind: JsonValueKind.Object } json ? json : default;

    /// <summary>The values of an array as texts; empty when there is none.</summary>
    public IReadOnlyList<string?> Texts(string name)
    {
        if (values.TryGetValue(name, out var value) && value is not string and IEnumerable items)
        {
            var texts = new List<string?>();
            foreach (var item in items)
            {
                texts.Add(Plain(item));
            }

            return texts;
        }

        return Parse(name) is { ValueKind: JsonValueKind.Array } json ? [.. json.EnumerateArray().Select(TextOf)] : [];
    }

    /// <summary>The elements of an array of objects; empty when there is none.</summary>
    public IReadOnlyList<JsonElement> Objects(string name) => Parse(name) is { ValueKind: JsonValueKind.Array } json ? [.. json.EnumerateArray()] : [];

    /// <summary>A time in any of the forms that hosts write; one without an offset is UTC.</summary>
    public static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The text that a JSON value stands for; <see langword="null"/> for JSON's own null.</summary>
    public static string? TextOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Json.Text(json),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => json.GetRawText(),
    };

    private JsonElement Parse(string name) => values.TryGetValue(name, out var value) && value is string text ? Json.Parse(text) : default;

    private static string? Plain(object? value)
    {
        // Plain values or their JSON, depending on the host's version: "id" and "\"id\"" alike.
        var text = value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture);
        return text is ['"', .., '"'] ? TextOf(Json.Parse(text)) ?? text[1..^1] : text;
    }
}
