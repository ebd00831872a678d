using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Portable.Runtime.Json;

namespace Portable.Runtime;

/// <summary>How payloads are written: the application's JSON contexts first, reflection only where the program still has it.</summary>
internal static class OutputContracts
{
    /// <summary>The JSON contract of a payload.</summary>
    /// <exception cref="InvalidOperationException">No context names the type, and there is no reflection.</exception>
    public static JsonTypeInfo<T> Json<T>(PortableApp app)
    {
        foreach (var resolver in app.Contracts)
        {
            if (Find<T>(resolver) is { } found)
            {
                return found;
            }
        }

        return Find<T>(PrimitiveJson.Default)
            ?? (JsonSerializer.IsReflectionEnabledByDefault ? Reflected<T>() : throw new InvalidOperationException(
                $"No JsonSerializerContext of the application names {typeof(T).Name}, which it sends: add [JsonSerializable(typeof({typeof(T).Name}))] to one."));
    }

    /// <summary>The type and version of an event.</summary>
    /// <exception cref="ArgumentException">The payload's type has no contract, or an empty one.</exception>
    public static EventContractAttribute Event<T>() => EventOf<T>.Contract is { Type.Length: > 0, Version: > 0 } contract
        ? contract
        : throw new ArgumentException($"{typeof(T).Name} says nothing of the event that it is: put [EventContract(\"com.acme.order.placed\", Version = 1)] on it.", "payload");

    private static JsonTypeInfo<T>? Find<T>(IJsonTypeInfoResolver resolver) => resolver is JsonSerializerContext context
        ? (JsonTypeInfo<T>?)context.GetTypeInfo(typeof(T))
        : (JsonTypeInfo<T>?)resolver.GetTypeInfo(typeof(T), new JsonSerializerOptions { TypeInfoResolver = resolver });

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs have the reflection of System.Text.Json switched off, and this is not reached.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "AOT-compiled programs have the reflection of System.Text.Json switched off, and this is not reached.")]
    private static JsonTypeInfo<T> Reflected<T>() => PortableJson.Reflected<T>();

    private static class EventOf<T>
    {
        internal static readonly EventContractAttribute? Contract = typeof(T).GetCustomAttribute<EventContractAttribute>(inherit: false);
    }
}
