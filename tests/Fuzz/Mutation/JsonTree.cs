using System.Text.Json;

namespace Portable.Fuzz;

/// <summary>
/// JSON as a tree of raw texts. Unlike a document model it can hold what no writer would write: a member twice, a number that no type holds,
/// a string that is no Unicode.
/// </summary>
internal sealed class JsonTree
{
    private JsonTree(JsonKind kind) => Kind = kind;

    public JsonKind Kind { get; private set; }

    /// <summary>The text of a value that is no object or array, quotes included.</summary>
    public byte[] Raw { get; private set; } = [];

    /// <summary>The members or elements; keys are raw texts in quotes, and null in arrays.</summary>
    public List<(byte[]? Key, JsonTree Value)> Entries { get; private set; } = [];

    public static JsonTree? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
            return reader.Read() && Parse(ref reader, json) is { } tree && !reader.Read() ? tree : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonTree OfRaw(byte[] raw) => new(JsonKind.Raw) { Raw = raw };

    public static JsonTree ArrayOf(JsonTree item) => new(JsonKind.Array) { Entries = [(null, item)] };

    public static JsonTree ObjectOf(byte[] key, JsonTree item) => new(JsonKind.Object) { Entries = [(key, item)] };

    /// <summary>Becomes another value.</summary>
    public void Become(JsonTree other) => (Kind, Raw, Entries) = (other.Kind, other.Raw, other.Entries);

    public JsonTree Clone() => new(Kind) { Raw = Raw, Entries = [.. Entries.Select(static entry => (entry.Key, entry.Value.Clone()))] };

    /// <summary>Every node, this one first.</summary>
    public List<JsonTree> All()
    {
        var all = new List<JsonTree> { this };
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var (_, value) in all[i].Entries)
            {
                all.Add(value);
            }
        }

        return all;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    private static JsonTree Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return OfRaw(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed].ToArray());
        }

        var tree = new JsonTree(reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.Array);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            byte[]? key = null;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = [(byte)'"', .. reader.ValueSpan, (byte)'"'];
                reader.Read();
            }

            tree.Entries.Add((key, Parse(ref reader, json)));
        }

        return tree;
    }

    private void Write(MemoryStream stream)
    {
        if (Kind == JsonKind.Raw)
        {
            stream.Write(Raw);
            return;
        }

        stream.WriteByte(Kind == JsonKind.Object ? (byte)'{' : (byte)'[');
        for (var i = 0; i < Entries.Count; i++)
        {
            if (i > 0)
            {
                stream.WriteByte((byte)',');
            }

            if (Kind == JsonKind.Object)
            {
                stream.Write(Entries[i].Key ?? "\"\""u8.ToArray());
                stream.WriteByte((byte)':');
            }

            Entries[i].Value.Write(stream);
        }

        stream.WriteByte(Kind == JsonKind.Object ? (byte)'}' : (byte)']');
    }
}

internal enum JsonKind
{
    Raw,
    Object,
    Array,
}
