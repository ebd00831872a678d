using System.Text.RegularExpressions;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Takes out assignments whose values nobody reads: an edge assigns what statements on its way assign, wherever control goes then.</summary>
internal static class AslLiveness
{
    private static readonly Regex s_variable = new(@"\$([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant);

    public static void Apply(IReadOnlyList<AslState> states)
    {
        var reads = states.ToDictionary(static state => state, static state => Names(state.Reads));
        var live = states.ToDictionary(static state => state.Name, state => new HashSet<string>(reads[state], StringComparer.Ordinal), StringComparer.Ordinal);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = states.Count - 1; i >= 0; i--)
            {
                var own = live[states[i].Name];
                var before = own.Count;
                foreach (var edge in states[i].Edges)
                {
                    var later = After(edge, live);
                    own.UnionWith(edge.Assigned.Where(assign => later.Contains(assign.Key)).SelectMany(static assign => Names([assign.Value])));
                    own.UnionWith(later.Where(name => !edge.Assigns(name)));
                }

                changed |= own.Count > before;
            }
        }

        foreach (var edge in states.SelectMany(static state => state.Edges))
        {
            edge.Keep(After(edge, live));
        }
    }

    private static HashSet<string> After(AslEdge edge, Dictionary<string, HashSet<string>> live) =>
        edge.Target is { } target && live.TryGetValue(target, out var names) ? names : [];

    private static IEnumerable<string> Names(IEnumerable<JsonNode> nodes) =>
        nodes.SelectMany(static node => s_variable.Matches(node.Print()).Cast<Match>().Select(static match => match.Groups[1].Value));
}
