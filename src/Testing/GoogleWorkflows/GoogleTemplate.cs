namespace Portable.Testing.GoogleWorkflows;

/// <summary>A YAML value in which strings of the form <c>${...}</c> are expressions; keys of maps too.</summary>
internal abstract record GoogleTemplate
{
    private const int ExpressionLimit = 400;

    public sealed record Constant(object? Value) : GoogleTemplate;

    public sealed record Computed(GoogleExpression Expression) : GoogleTemplate;

    public sealed record Items(IReadOnlyList<GoogleTemplate> Values) : GoogleTemplate;

    public sealed record Members(IReadOnlyList<(GoogleTemplate Key, GoogleTemplate Value)> Values) : GoogleTemplate;

    public static GoogleTemplate Read(YamlNode node, string place, List<string> expressions)
    {
        if (node.Map is { } map)
        {
            return new Members([.. map.Select(member => (Text(member.Key, place, expressions), Read(member.Value, place, expressions)))]);
        }

        if (node.List is { } list)
        {
            return new Items([.. list.Select(item => Read(item, place, expressions))]);
        }

        return node.Text is { } text ? Text(text, place, expressions) : new Constant(node.Value);
    }

    /// <summary>The expression of a text, checked against the limit on its length.</summary>
    public static GoogleExpression ReadExpression(string source, string place, List<string> expressions)
    {
        if (source.Length > ExpressionLimit)
        {
            throw new GoogleWorkflowDefinitionException(place, $"An expression has {source.Length} characters; the limit is {ExpressionLimit}.");
        }

        expressions.Add(source);
        try
        {
            return GoogleExpressionParser.Parse(source);
        }
        catch (FormatException e)
        {
            throw new GoogleWorkflowDefinitionException(place, e.Message);
        }
    }

    private static GoogleTemplate Text(string text, string place, List<string> expressions)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("${", StringComparison.Ordinal) && trimmed.EndsWith('}'))
        {
            return new Computed(ReadExpression(trimmed[2..^1].Trim(), place, expressions));
        }

        return text.Contains("${", StringComparison.Ordinal)
            ? throw new GoogleWorkflowDefinitionException(place, $"An expression is the whole of a text, unlike in: {text}")
            : new Constant(text);
    }
}
