using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// A way out of a state whose goal is not known yet. A state's assignments happen as it is left, so an assignment that follows a
/// state costs no state of its own: it is kept at the edge.
/// </summary>
internal sealed class AslEdge
{
    // Longer texts are assigned and read by name: repeating them helps nobody.
    private const int LongestSubstitute = 60;
    private const int LongestLast = 200;

    private readonly List<KeyValuePair<string, JsonNode>> _assigned = [];
    private readonly List<KeyValuePair<string, AslValue>> _postponed = [];
    private readonly Dictionary<string, string> _known;
    private readonly Kind _kind;

    /// <summary>An edge out of a state.</summary>
    /// <param name="known">What stands for variables that are assigned no earlier than at this edge.</param>
    public AslEdge(IReadOnlyDictionary<string, string>? known = null)
        : this(known, Kind.OutOfState)
    {
    }

    private AslEdge(IReadOnlyDictionary<string, string>? known, Kind kind)
    {
        _kind = kind;
        _known = known is null ? new(StringComparer.Ordinal) : known.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);
    }

    private enum Kind
    {
        OutOfState,
        Start,
        Later,
    }

    /// <summary>The name of the state that the edge leads to.</summary>
    public string? Target { get; set; }

    /// <summary>The output instead of a next state, where the machine ends here.</summary>
    public JsonNode? Output { get; set; }

    /// <summary>Whether the state at whose end the edge stands can end the machine itself.</summary>
    public bool CanEnd { get; set; }

    public IReadOnlyDictionary<string, string> Known => _known;

    /// <summary>Whether this is the way into a machine, where no state could assign anything.</summary>
    public bool IsStart => _kind == Kind.Start;

    /// <summary>What was assigned on a way that other edges take later.</summary>
    public IReadOnlyList<KeyValuePair<string, AslValue>> Postponed => _postponed;

    /// <summary>The way into a machine.</summary>
    public static AslEdge Start(IReadOnlyDictionary<string, string> known) => new(known, Kind.Start);

    /// <summary>The way that the end of a loop takes back to a beginning that is lowered before the end is.</summary>
    public static AslEdge Later(IReadOnlyDictionary<string, string> known) => new(known, Kind.Later);

    /// <summary>Another edge out of the same state, with what this one has assigned so far.</summary>
    public AslEdge Fork()
    {
        var fork = new AslEdge(_known);
        fork._assigned.AddRange(_assigned);
        return fork;
    }

    /// <summary>Assigns a variable; what follows on this edge reads the value's text instead of the variable.</summary>
    public void Assign(string variable, AslValue value)
    {
        var print = new Jsonata(_known);
        var node = value.Node(print);
        var text = value.Text(print);
        switch (_kind)
        {
            case Kind.Later:
                _postponed.Add(new KeyValuePair<string, AslValue>(variable, value));
                break;
            case Kind.OutOfState:
                _assigned.RemoveAll(entry => entry.Key == variable);
                _assigned.Add(new KeyValuePair<string, JsonNode>(variable, node));
                break;
        }

        _known[variable] = text;
        _known[Jsonata.CodeOf(variable)] = value.Code;
        if (value.Code.Length == 0)
        {
            _known.Remove(Jsonata.CodeOf(variable));
        }
    }

    /// <summary>What has been assigned, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode>> Assigned => _assigned;

    public bool Assigns(string variable) => _assigned.Exists(entry => entry.Key == variable);

    /// <summary>Drops the assignments of other variables.</summary>
    public void Keep(ICollection<string> variables) => _assigned.RemoveAll(entry => !variables.Contains(entry.Key));

    /// <summary>Whether an expression can be evaluated at this edge.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isLast">Whether nothing is made of the result: then a text may be long that stands in it once.</param>
    public bool CanRead(IrExpression? expression, bool isLast = false) => Jsonata.Substitutes(expression, _known)
        .GroupBy(static text => text)
        .All(group => IsSubstitute(group.Key, isLast && group.Count() == 1 ? LongestLast : LongestSubstitute));

    /// <summary>Whether the value can be assigned at this edge. At the start it can only be kept in mind.</summary>
    public bool CanAssign(AslValue value) => CanRead(value.Source) && (!IsStart || IsSubstitute(value.Text(new Jsonata(_known))));

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

    private static bool IsSubstitute(string text, int longest = LongestSubstitute) => text.Length > 0 && text.Length <= longest;
}
