using System.Text;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Asl;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>Writes YAML so that every reader, 1.1 or 1.2, sees the same: whatever could be anything else is quoted.</summary>
internal sealed class Yaml
{
    private readonly SourceWriter _writer = new("  ");

    public Yaml Comment(string text) => text.Length == 0 ? this : Line("# " + text);

    public Yaml Line(string text)
    {
        _writer.Line(text);
        return this;
    }

    public Yaml Blank()
    {
        _writer.Line();
        return this;
    }

    /// <summary>Writes <c>key: value</c>.</summary>
    public Yaml Entry(string key, string value) => Line($"{Scalar(key)}: {value}");

    /// <summary>Writes <c>key:</c> and, indented, what belongs to it.</summary>
    public Yaml Map(string key, Action content)
    {
        Line($"{Scalar(key)}:");
        return Indented(1, content);
    }

    /// <summary>Writes <c>- key:</c> and, indented, what belongs to it.</summary>
    public Yaml Item(string key, Action content)
    {
        Line($"- {Scalar(key)}:");
        return Indented(2, content);
    }

    /// <summary>Writes a list item whose first line is given.</summary>
    public Yaml ItemLine(string line, Action content)
    {
        Line("- " + line);
        return Indented(1, content);
    }

    /// <summary>Writes something only when it is needed.</summary>
    public Yaml If(bool condition, Action content)
    {
        if (condition)
        {
            content();
        }

        return this;
    }

    public override string ToString() => _writer.ToString();

    public Yaml Indented(int levels, Action content)
    {
        _writer.Indentation += levels;
        content();
        _writer.Indentation -= levels;
        return this;
    }

    /// <summary>An expression as a scalar.</summary>
    public static string Expression(string expression)
    {
        var text = "${" + expression + "}";
        if (text.Any(static c => c != '\t' && IsUnprintable(c)))
        {
            var quoted = new StringBuilder(text.Length + 2);
            JsonNode.Quote(quoted, text);
            return quoted.ToString();
        }

        return text.Contains(": ") || text.Contains(" #") || text.Contains('\t') ? $"'{text.Replace("'", "''")}'" : text;
    }

    /// <summary>A text as a scalar: plain when nothing could take it for something else, quoted otherwise.</summary>
    public static string Scalar(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        if (text.Contains("${"))
        {
            // Text is no expression: the two characters are put together by one.
            return Expression(string.Join(" + \"$\" + ", text.Split('$').Select(GoogleExpression.Quote)));
        }

        var quoted = new StringBuilder(text.Length + 2);
        JsonNode.Quote(quoted, text);
        return quoted.ToString();
    }

    // Line breaks to some readers, or characters that YAML takes only escaped.
    private static bool IsUnprintable(char c) => c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\ufeff';

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !(text[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_') || IsWord(text.ToLowerInvariant()))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(string lower) => lower is "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n";
}
