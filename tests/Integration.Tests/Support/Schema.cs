using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portable.Integration.Tests.Support;

/// <summary>
/// Checks JSON against docs/portable.schema.json: the keywords that this schema uses, and no others, so that a keyword which is added
/// to it without being checked here fails the tests.
/// </summary>
internal sealed class Schema(JsonElement root)
{
    public static Schema Load() => new(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "portable.schema.json"))).RootElement);

    public IReadOnlyList<string> Validate(JsonElement value)
    {
        var errors = new List<string>();
        Check(root, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$schema" or "$id" or "$defs" or "title" or "description" or "additionalProperties":
                    break;
                case "$ref":
                    Check(root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, at, errors);
                    break;
                case "type":
                    Require(IsOfType(value, keyword.Value.GetString()!), $"is not of type {keyword.Value}");
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(value, keyword.Value), $"is not {keyword.Value}");
                    break;
                case "enum":
                    Require(keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(value, allowed)), $"is none of {keyword.Value}");
                    break;
                case "pattern":
                    Require(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!), $"does not match {keyword.Value}");
                    break;
                case "minLength":
                    Require(value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= keyword.Value.GetInt32(), "is too short");
                    break;
                case "minimum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(), $"is less than {keyword.Value}");
                    break;
                case "maximum":
                    Require(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(), $"is more than {keyword.Value}");
                    break;
                case "minItems":
                    Require(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(), "has too few items");
                    break;
                case "uniqueItems":
                    Require(value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Select(static item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(), "has an item twice");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (var name in keyword.Value.EnumerateArray())
                    {
                        Require(value.TryGetProperty(name.GetString()!, out _), $"{name} is missing");
                    }

                    break;
                case "required":
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    CheckProperties(schema, keyword.Value, value, at, errors);
                    break;
                case "properties":
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    foreach (var (index, item) in value.EnumerateArray().Index())
                    {
                        Check(keyword.Value, item, $"{at}[{index}]", errors);
                    }

                    break;
                case "items":
                    break;
                case "oneOf":
                    var fits = keyword.Value.EnumerateArray().Count(choice => Fits(choice, value, at));
                    Require(fits == 1, $"fits {fits} of the choices");
                    break;
                default:
                    throw new NotSupportedException($"The keyword '{keyword.Name}' is not checked.");
            }

            void Require(bool condition, string error)
            {
                if (!condition)
                {
                    errors.Add($"{at}: {error}");
                }
            }
        }
    }

    private void CheckProperties(JsonElement schema, JsonElement properties, JsonElement value, string at, List<string> errors)
    {
        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetProperty(member.Name, out var property))
            {
                Check(property, member.Value, $"{at}.{member.Name}", errors);
            }
            else if (closed)
            {
                errors.Add($"{at}.{member.Name}: is not known");
            }
        }
    }

    private bool Fits(JsonElement schema, JsonElement value, string at)
    {
        var errors = new List<string>();
        Check(schema, value, at, errors);
        return errors.Count == 0;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The type '{type}' is not checked."),
    };
}
