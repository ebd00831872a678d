using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Portable.Runtime.Json;

/// <summary>
/// Reads payloads. Whatever is wrong with one has one form, <see cref="PayloadException"/>: bad JSON, JSON of another shape, nested too deep, texts that
/// are no Unicode, members that appear twice.
/// </summary>
public static class PayloadJson
{
    /// <summary>Reads a payload.</summary>
    /// <exception cref="PayloadException">It cannot be read; the message never contains the payload.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException e)
        {
            throw new PayloadException($"is not valid JSON for {typeof(T).Name} at {e.Path ?? "$"}.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // Texts that are no Unicode, forms that the type does not take, and what its constructor refuses.
            throw new PayloadException($"is no {typeof(T).Name}: {e.GetType().Name}.", e);
        }

        // What no member of the type took was skipped, not read.
        if (!Utf8.IsValid(json) || !WireJson.HasPairedSurrogates(json))
        {
            throw new PayloadException("has text that is no Unicode.");
        }

        // JSON with a member twice means one thing to whoever checked it on the way and another to us (RFC 8259, 4: unpredictable).
        return JsonMembers.FindRepeated(json) is { } repeated ? throw new PayloadException($"has the member '{repeated}' twice.") : value;
    }
}

/// <summary>A payload that can never be read. The message continues a sentence: "The body ...".</summary>
public sealed class PayloadException(string message, Exception? innerException = null) : FormatException(message, innerException);
