using System.Buffers;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>How a published event travels to where it is published: as the payload of a step that every workflow has.</summary>
public static class PublishedEventJson
{
    /// <summary>The name of that step. No method has it.</summary>
    public const string Step = "$publish";

    /// <summary>Writes <c>{"id": ..., "source": ..., "type": ..., "version": 1, "payload": ...}</c>.</summary>
    public static ReadOnlyMemory<byte> Write(PublishedEvent published)
    {
        var buffer = new ArrayBufferWriter<byte>(published.Json.Length + 192);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", published.Id);
            json.WriteString("source", published.Source);
            json.WriteString("type", published.Type);
            json.WriteNumber("version", published.Version);
            json.WritePropertyName("payload");
            json.WriteRawValue(published.Json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static PublishedEvent Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new PublishedEvent(
            root.GetProperty("id").GetString()!,
            root.GetProperty("source").GetString()!,
            root.GetProperty("type").GetString()!,
            root.GetProperty("version").GetInt32(),
            root.GetProperty("payload").GetRawText());
    }
}
