using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime;

namespace Portable.Testing;

/// <summary>The JSON contracts of an application under test: those that it was built with, then every context of its assembly.</summary>
internal sealed class TestContracts(PortableApp app, Assembly? assembly)
{
    private readonly Lazy<IReadOnlyList<JsonSerializerContext>> _contexts = new(() => Contexts(assembly));

    public string Write<T>(T value) => JsonSerializer.Serialize(value, Of<T>());

    public T Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, Of<T>())
        ?? throw new JsonException($"The JSON of a {typeof(T).Name} is null.");

    private JsonTypeInfo<T> Of<T>()
    {
        foreach (var context in app.Contracts.OfType<JsonSerializerContext>().Concat(_contexts.Value))
        {
            if (context.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> found)
            {
                return found;
            }
        }

        return OutputContracts.Json<T>(app);
    }

    private static IReadOnlyList<JsonSerializerContext> Contexts(Assembly? assembly) => assembly is null ? []
        : [.. assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(JsonSerializerContext)) && !type.IsAbstract && !type.ContainsGenericParameters)
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .Select(static type => type.GetProperty("Default", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null)).OfType<JsonSerializerContext>()];
}
