using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <content>
/// Decisions. A transition is billed, so a Choice is entered only where its answer is not known already, and conditions that are asked
/// directly behind a Choice become rules of it.
/// </content>
internal sealed partial class AslMachine
{
    // Longer conditions, and Choices with more rules, are easier to read as two Choices.
    private const int LongestJoined = 200;
    private const int MostJoined = 12;

    // The Choices by the edges that leave them.
    private readonly Dictionary<AslEdge, AslState> _choices = [];

    private List<AslEdge> If(IrIf branch, List<AslEdge> ways)
    {
        // A chain of else-ifs is one Choice.
        List<IrIf> chain = [branch];
        while (chain[chain.Count - 1].Else is { Statements: { Count: 1 } only } && only[0] is IrIf next)
        {
            chain.Add(next);
        }

        var goals = chain.ConvertAll(static _ => new List<AslEdge>());
        var otherwise = new List<AslEdge>();
        var open = new List<AslEdge>();
        foreach (var way in ways)
        {
            var (isKnown, link) = Answer(chain, way);
            (!isKnown ? open : link is { } index ? goals[index] : otherwise).Add(way);
        }

        if (open.Count > 0)
        {
            var (rules, last) = Decide("If", chain.ConvertAll(static link => (link.Condition, link.Source)), open);
            for (var i = 0; i < rules.Count; i++)
            {
                goals[i].Insert(0, rules[i]);
            }

            otherwise.Insert(0, last);
        }

        var after = chain.SelectMany((link, i) => Block(link.Then, goals[i])).ToList();
        after.AddRange(Block(chain[chain.Count - 1].Else, otherwise));
        return after;
    }

    // Which link a way takes for sure; none of them means the else.
    private static (bool IsKnown, int? Link) Answer(List<IrIf> chain, AslEdge way)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            switch (AslConstants.Decide(chain[i].Condition, way.Known))
            {
                case true:
                    return (true, i);
                case null:
                    return (false, null);
            }
        }

        return (true, null);
    }

    /// <summary>Edges for conditions, in their order, and for the case that none of them holds.</summary>
    private (IReadOnlyList<AslEdge> Rules, AslEdge Otherwise) Decide(string kind, IReadOnlyList<(IrExpression Condition, IrSource Source)> links, List<AslEdge> ways)
    {
        if (Joined(links, ways) is { } joined)
        {
            return joined;
        }

        var state = Choice(kind, links, ways);
        return (state.Rules.ConvertAll(static rule => rule.Edge), state.Next!);
    }

    private AslState Choice(string kind, IReadOnlyList<(IrExpression Condition, IrSource Source)> links, List<AslEdge> ways)
    {
        var name = _names.Numbered(kind);
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Choice", links[0].Source.Text));
        var print = new Jsonata(known);
        Consume(links.Select(static link => link.Condition));
        for (var i = 0; i < links.Count; i++)
        {
            state.Rules.Add(Rule(state, print.Print(links[i].Condition), links[i].Condition, Leave(known), i == 0 ? "" : links[i].Source.Text));
        }

        state.Next = Leave(known);
        _choices.Add(state.Next, state);
        _pending = null;
        return state;
    }

    /// <summary>Where the only way here comes out of a Choice, the conditions are more rules of it, which cost nothing.</summary>
    private (IReadOnlyList<AslEdge> Rules, AslEdge Otherwise)? Joined(IReadOnlyList<(IrExpression Condition, IrSource Source)> links, List<AslEdge> ways)
    {
        if (ways.Count != 1 || !_choices.TryGetValue(ways[0], out var state) || state.Rules.Count + links.Count > MostJoined || !links.All(link => ways[0].CanRead(link.Condition)))
        {
            return null;
        }

        var way = ways[0];
        var at = state.Rules.FindIndex(rule => rule.Edge == way);
        var print = new Jsonata(way.Known);
        var rules = links.Select(link => at < 0
            ? Rule(state, print.Print(link.Condition), link.Condition, way.Fork(), link.Source.Text)
            : Rule(state, Both(state.Rules[at], link.Condition, print, way), new IrBinary(IrOperator.And, state.Rules[at].Test, link.Condition), way.Fork(), link.Source.Text)).ToList();
        if (rules.Exists(static rule => rule.Condition.Length > LongestJoined))
        {
            return null;
        }

        state.Rules.InsertRange(at < 0 ? state.Rules.Count : at, rules);
        return (rules.ConvertAll(static rule => rule.Edge), way);
    }

    private AslRule Rule(AslState state, string condition, IrExpression test, AslEdge edge, string comment)
    {
        _choices[edge] = state;
        return new AslRule(condition, test, edge, comment);
    }

    // The second condition may need the first to hold, or what is only assigned behind it.
    private static string Both(AslRule first, IrExpression second, Jsonata print, AslEdge way)
    {
        var text = print.Print(second);
        return IrEffects.NeedsLaziness(first.Test, second) || IrWalk.Variables(second).Any(way.Assigns)
            ? $"{Group(first.Condition)} ? {Group(text)} : false"
            : $"{Group(first.Condition)} and {Group(text)}";
    }

    private static string Group(string condition) => condition.Contains(" ? ") || condition.Contains(" or ") || condition.Contains(":=") ? $"({condition})" : condition;
}
