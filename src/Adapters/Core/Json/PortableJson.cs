using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime.Json;

/// <summary>
/// Where emitted code finds the JSON contract of a type: the user's own <see cref="JsonSerializerContext"/> when one names the type,
/// <see cref="PrimitiveJson"/> for simple types, reflection otherwise.
/// </summary>
public static class PortableJson
{
    /// <summary>The contract of a type by reflection, with the web defaults: camel case, names ignoring case. Not for trimmed or AOT code.</summary>
    [RequiresUnreferencedCode("Name the type in a JsonSerializerContext: [JsonSerializable(typeof(T))].")]
    [RequiresDynamicCode("Name the type in a JsonSerializerContext: [JsonSerializable(typeof(T))].")]
    public static JsonTypeInfo<T> Reflected<T>() => (JsonTypeInfo<T>)ReflectedOptions.Value.GetTypeInfo(typeof(T));

    /// <summary>The contract of a type from a context that names it.</summary>
    public static JsonTypeInfo<T> From<T>(JsonSerializerContext context) =>
        (JsonTypeInfo<T>?)context.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{context.GetType().Name} has no [JsonSerializable(typeof({typeof(T).Name}))].");

    private static class ReflectedOptions
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only reached through Reflected, which carries the requirement.")]
        [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached through Reflected, which carries the requirement.")]
        internal static readonly JsonSerializerOptions Value = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    }
}

/// <summary>The JSON contracts of simple types, for handlers and steps that take or return them.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(Guid))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(JsonElement))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
public sealed partial class PrimitiveJson : JsonSerializerContext;
