namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// A way out of a state whose goal is not known yet. A state's assignments happen as it is left, so an assignment that follows a
/// state costs no state of its own: it is kept at the edge.
/// </summary>
internal sealed class AslEdge
{
    // Longer texts are assigned and read by name: repeating them helps nobody.
    private const int LongestSubstitute = 60;

    private readonly List<KeyValuePair<string, JsonNode>> _assigned = [];
    private readonly Dictionary<string, string> _known;

    /// <summary>An edge out of a state.</summary>
    /// <param name="known">What stands for variables that are assigned no earlier than at this edge.</param>
    public AslEdge(IReadOnlyDictionary<string, string>? known = null) =>
        _known = known is null ? new(StringComparer.Ordinal) : known.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);

    /// <summary>The name of the state that the edge leads to.</summary>
    public string? Target { get; set; }

    /// <summary>The output instead of a next state, where the machine ends here.</summary>
    public JsonNode? Output { get; set; }

    /// <summary>Whether the state at whose end the edge stands can end the machine itself.</summary>
    public bool CanEnd { get; set; }

    public IReadOnlyDictionary<string, string> Known => _known;

    /// <summary>Assigns a variable; what follows on this edge reads <paramref name="text"/> instead of the variable.</summary>
    public void Assign(string variable, JsonNode value, string text)
    {
        _assigned.Add(new KeyValuePair<string, JsonNode>(variable, value));
        _known[variable] = text;
    }

    /// <summary>Whether expressions over these variables can be evaluated at this edge.</summary>
    public bool CanRead(IEnumerable<string> variables) => variables.All(variable => !_known.TryGetValue(variable, out var text) || text.Length is > 0 and <= LongestSubstitute);

    /// <param name="state">The state, rule or catcher to print into.</param>
    /// <param name="isDefault">Whether this is the way that a Choice takes when no rule holds.</param>
    public void Print(JsonObject state, bool isDefault = false)
    {
        if (Output is not null)
        {
            state.Add("Output", Output).Add("End", JsonNode.Raw("true"));
            return;
        }

        if (_assigned.Count > 0)
        {
            var assigns = new JsonObject();
            foreach (var entry in _assigned)
            {
                assigns.Add(entry.Key, entry.Value);
            }

            state.Add("Assign", assigns);
        }

        if (Target is not null)
        {
            state.Add(isDefault ? "Default" : "Next", Target);
        }
    }
}
