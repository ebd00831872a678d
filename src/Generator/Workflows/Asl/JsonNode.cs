using System.Globalization;
using System.Text;

namespace Portable.Generator.Workflows.Asl;

/// <summary>JSON to print; the compiler's process has no System.Text.Json that a generator could rely on.</summary>
internal abstract class JsonNode
{
    public static readonly JsonNode Null = new JsonRaw("null");

    public static JsonNode Text(string text) => new JsonText(text);

    public static JsonNode Number(double value) => new JsonRaw(value.ToString("R", CultureInfo.InvariantCulture));

    public static JsonNode Raw(string text) => new JsonRaw(text);

    public string Print()
    {
        var text = new StringBuilder();
        Print(text, 0);
        return text.Append('\n').ToString();
    }

    public abstract void Print(StringBuilder text, int depth);

    /// <summary>A text as a JSON string.</summary>
    public static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    var paired = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
                    if (c < ' ' || c is (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\ufeff' || (char.IsSurrogate(c) && !paired))
                    {
                        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        text.Append(c);
                        if (paired)
                        {
                            text.Append(value[++i]);
                        }
                    }

                    break;
            }
        }

        text.Append('"');
    }

    private sealed class JsonRaw(string value) : JsonNode
    {
        public override void Print(StringBuilder text, int depth) => text.Append(value);
    }

    private sealed class JsonText(string value) : JsonNode
    {
        public override void Print(StringBuilder text, int depth) => Quote(text, value);
    }
}

/// <summary>An object; members keep the order in which they were added.</summary>
internal sealed class JsonObject : JsonNode
{
    private readonly List<KeyValuePair<string, JsonNode>> _members = [];

    public int Count => _members.Count;

    public JsonObject Add(string name, JsonNode value)
    {
        _members.Add(new KeyValuePair<string, JsonNode>(name, value));
        return this;
    }

    public JsonObject Add(string name, string text) => Add(name, Text(text));

    public void CopyTo(JsonObject other) => other._members.AddRange(_members);

    public override void Print(StringBuilder text, int depth)
    {
        if (_members.Count == 0)
        {
            text.Append("{}");
            return;
        }

        text.Append("{\n");
        for (var i = 0; i < _members.Count; i++)
        {
            text.Append(' ', 2 * (depth + 1));
            Quote(text, _members[i].Key);
            text.Append(": ");
            _members[i].Value.Print(text, depth + 1);
            text.Append(i + 1 < _members.Count ? ",\n" : "\n");
        }

        text.Append(' ', 2 * depth).Append('}');
    }
}

internal sealed class JsonArray(IEnumerable<JsonNode> items) : JsonNode
{
    private readonly List<JsonNode> _items = [.. items];

    public override void Print(StringBuilder text, int depth)
    {
        text.Append('[');
        for (var i = 0; i < _items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            _items[i].Print(text, depth);
        }

        text.Append(']');
    }
}
