namespace Portable.Generator.Workflows.Asl;

/// <summary>A state: what is known when it is made, and the edges that get their goals later.</summary>
internal sealed class AslState(string name, string type, string comment)
{
    public string Name { get; } = name;

    /// <summary>Fields between the comment and the edges.</summary>
    public JsonObject Fields { get; } = new();

    /// <summary>The rules of a Choice.</summary>
    public List<AslRule> Rules { get; } = [];

    /// <summary>Where failures go, by the names of errors; the first that matches counts.</summary>
    public List<(IReadOnlyList<string> Errors, AslEdge Edge)> Catchers { get; } = [];

    /// <summary>
    /// Where control goes otherwise: Next, or a Choice's Default. What a Choice itself assigns counts for its Default only, and not for
    /// its rules (recorded on AWS in localstack's tests, pull request 12075).
    /// </summary>
    public AslEdge? Next { get; set; }

    /// <summary>The edges out of it.</summary>
    public IEnumerable<AslEdge> Edges => Rules.Select(static rule => rule.Edge).Concat(Catchers.Select(static entry => entry.Edge)).Concat(Next is null ? [] : [Next]);

    /// <summary>What it evaluates, other than what its edges assign.</summary>
    public IEnumerable<JsonNode> Reads =>
        new JsonNode[] { Fields }.Concat(Rules.Select(static rule => JsonNode.Text(rule.Condition))).Concat(Edges.Select(static edge => edge.Output).OfType<JsonNode>());

    public JsonNode Print()
    {
        var json = new JsonObject().Add("Type", type);
        if (comment.Length > 0)
        {
            json.Add("Comment", comment);
        }

        Fields.CopyTo(json);
        if (Rules.Count > 0)
        {
            json.Add("Choices", new JsonArray(Rules.Select(static rule =>
            {
                var choice = new JsonObject().Add("Condition", Jsonata.Template(rule.Condition));
                if (rule.Comment.Length > 0)
                {
                    choice.Add("Comment", rule.Comment);
                }

                rule.Edge.Print(choice);
                return choice;
            })));
        }

        if (Catchers.Count > 0)
        {
            json.Add("Catch", new JsonArray(Catchers.Select(static entry =>
            {
                var catcher = new JsonObject().Add("ErrorEquals", new JsonArray(entry.Errors.Select(JsonNode.Text)));
                entry.Edge.Print(catcher);
                return catcher;
            })));
        }

        Next?.Print(json, isDefault: Rules.Count > 0);
        return json;
    }
}
