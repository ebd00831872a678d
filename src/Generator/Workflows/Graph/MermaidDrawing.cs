using System.Globalization;
using System.Text;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Graph;

/// <summary>
/// Nodes in the order of the source, with frames around them, and then the arrows: a node that an arrow names within a frame would be
/// drawn inside it.
/// </summary>
/// <param name="lifted">The generated steps, which are drawn as what they compute.</param>
internal sealed class MermaidDrawing(ISet<string> lifted)
{
    private readonly StringBuilder _nodes = new();
    private readonly StringBuilder _arrows = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Arrow>> _scopes = new(StringComparer.Ordinal);
    private List<Arrow>? _broken;
    private List<Arrow>? _continued;
    private List<Arrow>? _failed;
    private int _depth = 1;

    // Where returns lead: one end for the workflow, one for each branch.
    private string _end = "";

    public override string ToString() => _nodes.ToString() + _arrows;

    public void Draw(IrBlock body, bool compensates)
    {
        Line("start((\" \"))");
        _end = "finish";
        _failed = compensates ? [] : null;
        _ = Join(Block(body, [new Arrow("start", "")]), _end);
        Line($"{_end}(((\" \")))");
        if (_failed is { Count: > 0 })
        {
            _ = Node("undo", "undo", Stadium, "Compensate", _failed);
            _ = Node("failure", "failure", Hexagon, "fails", [new Arrow("undo", "")]);
        }
    }

    private List<Arrow> Block(IrBlock? block, List<Arrow> ways)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            if (ways.Count == 0)
            {
                break; // nothing leads here
            }

            ways = Statement(statement, ways);
        }

        return ways;
    }

    private List<Arrow> Statement(IrStatement statement, List<Arrow> ways) => statement switch
    {
        IrStep step when lifted.Contains(step.Step) => Node(step.Label, null, Box, Headline(step.Source, step.Label), ways), // no handler sees its failure
        IrStep step => Failing(Node(step.Label, null, Box, step.Label, ways)),
        IrChild child => Failing(Node(child.Label, null, Subroutine, $"Child {child.Workflow}", ways)),
        IrPublish publish => Failing(Node(publish.Label, null, Box, $"Publish {publish.Type}", ways)),
        IrEvent wait => Failing(Node(wait.Label, null, Stadium, $"Event {wait.Name}", ways)),
        IrWait { Until: not null } wait => Node(wait.Label, null, Stadium, "Wait until a time", ways),
        IrWait { Seconds: IrLiteral seconds } wait => Node(wait.Label, null, Stadium, $"Wait {seconds.Text} s", ways),
        IrWait wait => Node(wait.Label, null, Stadium, "Wait", ways),
        IrCompensate => Node(Numbered("compensate"), null, Stadium, "Compensate", ways),
        IrIf branch => If(branch, ways),
        IrLoop loop => Loop(loop.Condition is null ? null : Headline(loop.Source, "while"), loop.TestsAfter, loop.Body, ways),
        IrForEach loop => Loop(Headline(loop.Source, $"for each {loop.Item}"), false, loop.Body, ways),
        IrBreak => Leave(_broken, ways),
        IrContinue => Leave(_continued, ways),
        IrLeave leave => Leave(_scopes.TryGetValue(leave.Name, out var left) ? left : null, ways),
        IrScope scope => Scope(scope, ways),
        IrTry attempt => Try(attempt, ways),
        IrThrow thrown => Throw(thrown, ways),
        IrReturn => Leave(null, Join(ways, _end)),
        IrParallel parallel => Frame(parallel.Label, "Parallel", parallel.Branches.Select(static branch => (branch.Name, branch.Body)), ways),
        IrMap map => Frame(map.Label, $"Map, {map.MaxConcurrency.ToString(CultureInfo.InvariantCulture)} at a time", [(map.Label, map.Body)], ways),
        _ => ways,
    };

    private List<Arrow> If(IrIf branch, List<Arrow> ways)
    {
        var name = Numbered("if");
        _ = Node(name, name, Diamond, Condition(branch.Source), ways);
        return [.. Block(branch.Then, [new Arrow(name, "yes")]), .. Block(branch.Else, [new Arrow(name, "no")])];
    }

    private List<Arrow> Loop(string? condition, bool testsAfter, IrBlock body, List<Arrow> ways)
    {
        var (broken, continued) = (_broken, _continued);
        (_broken, _continued) = ([], []);
        var name = Numbered("loop");
        List<Arrow> after = [];
        if (condition is not null && !testsAfter)
        {
            _ = Node(name, name, Diamond, condition, ways);
            _ = Join([.. Block(body, [new Arrow(name, "yes")]), .. _continued], name);
            after.Add(new Arrow(name, "no"));
        }
        else
        {
            // A small circle marks where the rounds begin.
            _ = Node(name, name, Circle, " ", ways);
            var back = Block(body, [new Arrow(name, "")]);
            back.AddRange(_continued);
            if (condition is not null && back.Count > 0)
            {
                var test = name + "_test";
                _ = Node(test, test, Diamond, condition, back);
                after.Add(new Arrow(test, "no"));
                back = [new Arrow(test, "yes")];
            }

            _ = Join(back, name);
        }

        after.AddRange(_broken);
        (_broken, _continued) = (broken, continued);
        return after;
    }

    private List<Arrow> Scope(IrScope scope, List<Arrow> ways)
    {
        var left = new List<Arrow>();
        _scopes[scope.Name] = left;
        var after = Block(scope.Body, ways);
        return [.. after, .. left];
    }

    private List<Arrow> Try(IrTry attempt, List<Arrow> ways)
    {
        var outer = _failed;
        _failed = [];
        var after = Block(attempt.Body, ways);
        var caught = _failed.Distinct().ToList();
        _failed = outer;
        if (caught.Count == 0)
        {
            return after;
        }

        var name = Numbered("catch");
        var text = attempt.Filter is null ? "catch" : "catch when";
        _ = Node(name, name, Hexagon, text, caught);
        if (attempt.Filter is not null)
        {
            _failed?.Add(new Arrow(name, "no", Dotted: true));
        }

        return [.. after, .. Block(attempt.Handler, [new Arrow(name, attempt.Filter is null ? "" : "yes")])];
    }

    private List<Arrow> Throw(IrThrow thrown, List<Arrow> ways)
    {
        var name = Numbered("throw");
        _ = Node(name, name, Hexagon, thrown.Failure is IrObject made && made.Fields.Count > 0 && made.Fields[0].Value is IrLiteral code ? $"fails: {code.Text}" : "fails again", ways);
        if (!thrown.IsDefect)
        {
            _failed?.Add(new Arrow(name, "", Dotted: true));
        }

        return [];
    }

    /// <summary>Machines within the workflow: a frame around a frame for each, which begin together and end together.</summary>
    private List<Arrow> Frame(string label, string kind, IEnumerable<(string Name, IrBlock Body)> bodies, List<Arrow> ways)
    {
        var id = Id(label);
        var (end, broken, continued, failed) = (_end, _broken, _continued, _failed);
        (_broken, _continued, _failed) = (null, null, null);
        _ = Node(id + "_fork", id + "_fork", Box, label, ways);
        Line($"subgraph {id}[\"{Escape(kind)}\"]");
        _depth++;
        var number = 0;
        foreach (var (_, body) in bodies)
        {
            _end = $"{id}_end{(++number).ToString(CultureInfo.InvariantCulture)}";
            var after = Block(body, [new Arrow(id + "_fork", "")]);
            _ = Join(after, _end);
            Line($"{_end}((\" \"))");
        }

        _depth--;
        Line("end");
        (_end, _broken, _continued, _failed) = (end, broken, continued, failed);
        _failed?.Add(new Arrow(id, "fails", Dotted: true));
        return [new Arrow(id, "")];
    }

    private List<Arrow> Failing(List<Arrow> ways)
    {
        _failed?.AddRange(ways.Select(static way => way with { Text = "fails", Dotted = true }));
        return ways;
    }

    private List<Arrow> Node(string label, string? id, (string Open, string Close) shape, string text, List<Arrow> ways)
    {
        id ??= Id(label);
        Line($"{id}{shape.Open}\"{Escape(text)}\"{shape.Close}");
        _ = Join(ways, id);
        return [new Arrow(id, "")];
    }

    private List<Arrow> Join(List<Arrow> ways, string goal)
    {
        foreach (var way in ways)
        {
            var arrow = way.Dotted ? "-.->" : "-->";
            _ = _arrows.Append($"  {way.From} {arrow}{(way.Text.Length == 0 ? "" : $"|{way.Text}|")} {goal}\n");
        }

        return ways;
    }

    private static List<Arrow> Leave(List<Arrow>? goal, List<Arrow> ways)
    {
        goal?.AddRange(ways);
        return [];
    }

    private void Line(string text) => _nodes.Append(' ', 2 * _depth).Append(text).Append('\n');

    private string Numbered(string kind)
    {
        _ = _numbers.TryGetValue(kind, out var number);
        _numbers[kind] = ++number;
        return $"{kind}_{number.ToString(CultureInfo.InvariantCulture)}";
    }

    // Labels are letters, digits and underscores already; the prefix keeps words of Mermaid's, such as "end", from being ids.
    private static string Id(string label)
    {
        var id = new StringBuilder("s_");
        foreach (var c in label)
        {
            _ = id.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ? c : '_');
        }

        return id.ToString();
    }

    // The text between the outer parentheses of the statement's first line.
    private static string Condition(IrSource source)
    {
        var open = source.Text.IndexOf('(');
        var close = source.Text.LastIndexOf(')');
        return open >= 0 && close > open + 1 ? source.Text.Substring(open + 1, close - open - 1) : Headline(source, "?");
    }

    private static string Headline(IrSource source, string otherwise) => source.Text.Length > 0 ? source.Text : otherwise;

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("#quot;"),
                '#' => escaped.Append("#35;"),
                '<' => escaped.Append("#lt;"),
                '>' => escaped.Append("#gt;"),
                '&' => escaped.Append("#amp;"),
                '`' => escaped.Append("#96;"),
                < ' ' => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static readonly (string, string) Box = ("[", "]");
    private static readonly (string, string) Subroutine = ("[[", "]]");
    private static readonly (string, string) Stadium = ("([", "])");
    private static readonly (string, string) Diamond = ("{", "}");
    private static readonly (string, string) Hexagon = ("{{", "}}");
    private static readonly (string, string) Circle = ("((", "))");

    private sealed record Arrow(string From, string Text, bool Dotted = false);
}
