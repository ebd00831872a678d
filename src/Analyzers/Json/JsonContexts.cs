using Microsoft.CodeAnalysis;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Reading;

namespace Portable.Analyzers.Json;

/// <summary>What the rules ask of JSON contracts.</summary>
internal static class JsonContexts
{
    // The types of Portable.Runtime.Json.PrimitiveJson.
    private static readonly HashSet<string> Simple = new(StringComparer.Ordinal)
    {
        "string", "bool", "int", "long", "double", "decimal",
        "global::System.Guid", "global::System.DateTime", "global::System.DateTimeOffset", "global::System.Text.Json.JsonElement",
    };

    /// <summary>Whether Portable brings the type's contract along.</summary>
    public static bool IsSimple(TypeRef type) => Simple.Contains(type.FullName);

    /// <summary>Whether one of the contexts names the type.</summary>
    public static bool Name(EquatableArray<JsonContextModel> contexts, TypeRef type)
    {
        foreach (var context in contexts)
        {
            foreach (var named in context.Types)
            {
                if (named == type.FullName)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A context as the generator sees it; <see langword="null"/> for any other class.</summary>
    public static JsonContextModel? TryRead(INamedTypeSymbol type)
    {
        if (type.BaseType is not { Name: "JsonSerializerContext" } context || context.ContainingNamespace.ToDisplayString() != "System.Text.Json.Serialization")
        {
            return null;
        }

        var named = new List<string>();
        var naming = JsonNaming.Exact;
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "JsonSerializableAttribute" && attribute.ConstructorArguments is [{ Value: ITypeSymbol payload }, ..])
            {
                named.Add(Readings.TypeOf(payload).FullName);
            }
            else if (attribute.AttributeClass?.Name == "JsonSourceGenerationOptionsAttribute")
            {
                naming = NamingOf(attribute);
            }
        }

        return new JsonContextModel(Readings.TypeOf(type).FullName, naming, named.ToEquatableArray());
    }

    // The values of JsonKnownNamingPolicy and JsonSerializerDefaults.
    private static JsonNaming NamingOf(AttributeData attribute)
    {
        var stated = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "PropertyNamingPolicy").Value.Value as int? ?? 0;
        return stated switch
        {
            1 => JsonNaming.CamelCase,
            2 => JsonNaming.SnakeCaseLower,
            3 => JsonNaming.SnakeCaseUpper,
            4 => JsonNaming.KebabCaseLower,
            5 => JsonNaming.KebabCaseUpper,
            _ => attribute.ConstructorArguments is [{ Value: 1 }] ? JsonNaming.CamelCase : JsonNaming.Exact,
        };
    }

    /// <summary>Whether a type is this one or made of it, such as <c>Message&lt;Order&gt;[]</c> of <c>Order</c>.</summary>
    public static bool Mentions(ITypeSymbol type, TypeRef wanted) =>
        Readings.TypeOf(type).FullName == wanted.FullName
        || (type is IArrayTypeSymbol array && Mentions(array.ElementType, wanted))
        || (type is INamedTypeSymbol named && named.TypeArguments.Any(argument => Mentions(argument, wanted)));
}
