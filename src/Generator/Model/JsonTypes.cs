using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

/// <summary>Where the JSON contract of a type comes from: a context of the user's, or nowhere but reflection.</summary>
internal sealed record JsonBinding(string Type, string? Context);

/// <summary>The JSON contracts that one function or workflow needs.</summary>
internal sealed record JsonTypes(EquatableArray<JsonBinding> Bindings)
{
    private const string Json = "global::Portable.Runtime.Json.";

    /// <summary>The types of <c>PrimitiveJson</c> in the runtime.</summary>
    private static readonly HashSet<string> Simple =
    [
        "string", "bool", "int", "long", "double", "decimal", "global::System.Guid", "global::System.DateTime", "global::System.DateTimeOffset",
        "global::System.Text.Json.JsonElement",
    ];

    /// <summary>A C# expression for the type's <c>JsonTypeInfo&lt;T&gt;</c>.</summary>
    public string Expression(TypeRef type)
    {
        foreach (var binding in Bindings)
        {
            if (binding.Type == type.FullName && binding.Context is { } context)
            {
                return $"{Json}PortableJson.From<{type.FullName}>({context}.Default)";
            }
        }

        return Simple.Contains(type.FullName)
            ? $"{Json}PortableJson.From<{type.FullName}>({Json}PrimitiveJson.Default)"
            : $"{Json}PortableJson.Reflected<{type.FullName}>()";
    }

    /// <summary>Whether the type needs a context of the user's where reflection is not allowed.</summary>
    public static bool NeedsContext(TypeRef type) => !Simple.Contains(type.FullName);
}

/// <summary>Every context of the compilation. Equal when the contexts are; the look-up table is made when first asked.</summary>
internal sealed class JsonIndex(EquatableArray<JsonContextModel> contexts) : IEquatable<JsonIndex>
{
    private Dictionary<string, JsonContextModel>? _byType;

    public EquatableArray<JsonContextModel> Contexts { get; } = contexts;

    public JsonTypes Resolve(IEnumerable<TypeRef?> types)
    {
        var bindings = new List<JsonBinding>();
        foreach (var type in types)
        {
            if (type is not null && !bindings.Exists(binding => binding.Type == type.FullName))
            {
                bindings.Add(new JsonBinding(type.FullName, ContextOf(type)?.FullName));
            }
        }

        return new JsonTypes(bindings.ToEquatableArray());
    }

    /// <summary>The context that a type's JSON follows; <see langword="null"/> when none names the type.</summary>
    public JsonContextModel? ContextOf(TypeRef type) => (_byType ??= Build()).TryGetValue(type.FullName, out var context) ? context : null;

    public bool Equals(JsonIndex? other) => other is not null && Contexts.Equals(other.Contexts);

    public override bool Equals(object? obj) => Equals(obj as JsonIndex);

    public override int GetHashCode() => Contexts.GetHashCode();

    private Dictionary<string, JsonContextModel> Build()
    {
        var byType = new Dictionary<string, JsonContextModel>(StringComparer.Ordinal);
        foreach (var context in Contexts.OrderBy(static context => context.FullName, StringComparer.Ordinal))
        {
            foreach (var type in context.Types)
            {
                if (!byType.ContainsKey(type))
                {
                    byType.Add(type, context);
                }
            }
        }

        return byType;
    }
}
