using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>A YAML value with the line it stands on. Scalars are typed by the YAML 1.2 core schema.</summary>
internal sealed record YamlNode(object? Value, int Line)
{
    public IReadOnlyList<(string Key, YamlNode Value)>? Map => Value as IReadOnlyList<(string, YamlNode)>;

    public IReadOnlyList<YamlNode>? List => Value as IReadOnlyList<YamlNode>;

    public string? Text => Value as string;

    public YamlNode? Member(string key) => Map?.FirstOrDefault(member => member.Key == key).Value;
}

/// <summary>Reads YAML or JSON. Anchors, tags and several documents are refused.</summary>
internal static partial class YamlReader
{
    public static YamlNode Read(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            var node = Node(parser);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? node : throw new GoogleWorkflowDefinitionException("", "A definition is one document.");
        }
        catch (YamlException e)
        {
            throw new GoogleWorkflowDefinitionException($"line {e.Start.Line}", $"The definition is not YAML: {e.Message}");
        }
    }

    private static YamlNode Node(Parser parser)
    {
        var line = (int)(parser.Current?.Start.Line ?? 0);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            Plain(scalar, line);
            return new YamlNode(scalar.Style == ScalarStyle.Plain ? Typed(scalar.Value) : scalar.Value, line);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            Plain(sequence, line);
            List<YamlNode> items = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser));
            }

            return new YamlNode(items, line);
        }

        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            Plain(mapping, line);
            List<(string Key, YamlNode Value)> members = [];
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (members.Exists(member => member.Key == key.Value))
                {
                    throw new GoogleWorkflowDefinitionException($"line {line}", $"The key '{key.Value}' stands twice in one map.");
                }

                members.Add((key.Value, Node(parser)));
            }

            return new YamlNode(members, line);
        }

        throw new GoogleWorkflowDefinitionException($"line {line}", "An alias is not simulated.");
    }

    private static void Plain(NodeEvent node, int line)
    {
        if (!node.Anchor.IsEmpty || (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific))
        {
            throw new GoogleWorkflowDefinitionException($"line {line}", "Anchors and tags are not simulated.");
        }
    }

    private static object? Typed(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
            case ".nan" or ".NaN" or ".NAN":
                return double.NaN;
        }

        if (Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        if (Radix().Match(text) is { Success: true } match)
        {
            return Convert.ToInt64(match.Groups[2].Value, match.Groups[1].Value == "x" ? 16 : 8);
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : Infinity().IsMatch(text) ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
            : text;
    }

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^0([ox])([0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Radix();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Infinity();
}
