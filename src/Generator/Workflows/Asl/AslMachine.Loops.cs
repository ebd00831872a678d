using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <content>Loops, and blocks that are left early: jumps are edges that join others, so they cost nothing.</content>
internal sealed partial class AslMachine
{
    private readonly Dictionary<string, List<AslEdge>> _scopes = new(StringComparer.Ordinal);
    private Rounds? _loop;

    /// <summary>
    /// A loop is its body and one Choice with the condition, before or after it; without a condition there is none.
    /// What runs after a round is folded into the edges that lead back.
    /// </summary>
    private List<AslEdge> Loop(IrLoop loop, List<AslEdge> ways, string kind)
    {
        var condition = loop.Condition is IrLiteral { Text: "true" } ? null : loop.Condition;
        List<AslEdge> around = [];
        if (condition is not null && !loop.TestsAfter)
        {
            // What is known about the first round is not asked.
            around = ways.FindAll(way => AslConstants.Decide(condition, way.Known) == false);
            ways = [.. ways.Except(around)];
            if (ways.Count == 0)
            {
                return around;
            }

            loop = loop with { TestsAfter = ways.TrueForAll(way => AslConstants.Decide(condition, way.Known) == true) };
        }

        ways = BeforeLoop(loop, ways);
        if (condition is not null && !loop.TestsAfter)
        {
            var test = Choice(kind, [(condition, loop.Source)], ways);
            var rounds = Body(loop, [test.Rules[0].Edge]);
            foreach (var way in rounds.Back)
            {
                way.Target = test.Name;
            }

            return [test.Next!, .. rounds.Broken, .. around];
        }

        // The end is not known yet, but its edges come in here too: one edge stands for them until then.
        var again = AslEdge.Later(_outer);
        var body = Body(loop, [.. ways, again]);
        List<AslEdge> after = [.. body.Broken, .. around];
        if (body.Back.Count == 0)
        {
            return after;
        }

        if (condition is not null)
        {
            var (rules, last) = Decide(kind, [(condition, loop.Source)], body.Back);
            Repeat([.. rules], again, loop.Source);
            return [last, .. after];
        }

        Repeat(body.Back, again, loop.Source);
        return after;
    }

    /// <summary>A list is gone through by an index; both are variables, and the element is one within a round.</summary>
    private List<AslEdge> ForEach(IrForEach loop, List<AslEdge> ways)
    {
        var index = new IrVariable(_names.Variable(loop.Item + "_index"), IrKind.Integer);
        var items = loop.Items;
        var before = new List<IrStatement>();
        if (!StaysTheSame(items, loop.Body))
        {
            var list = new IrVariable(_names.Variable(loop.Item + "_items"), IrKind.List);
            items = list;
            before.Add(new IrAssign(list.Name, loop.Items, loop.Source));
        }

        before.Add(new IrAssign(index.Name, new IrLiteral(IrKind.Integer, "0"), loop.Source));
        ways = Block(new IrBlock(before.ToEquatableArray()), ways);
        IEnumerable<IrStatement> body = loop.Body.Statements;
        if (Simplify.Reads(loop.Body).Contains(loop.Item, StringComparer.Ordinal))
        {
            body = body.Prepend(new IrAssign(loop.Item, new IrElement(items, index, IrKind.Object), loop.Source));
        }

        var advance = new IrAssign(index.Name, new IrArithmetic(IrArithmeticOperator.Add, index, new IrLiteral(IrKind.Integer, "1"), Wraps: false), IrSource.None);
        return Loop(
            new IrLoop(new IrBinary(IrOperator.Less, index, new IrCount(items)), TestsAfter: false, new IrBlock(body.ToEquatableArray()), new IrBlock(EquatableArray.Create<IrStatement>(advance)), loop.Source),
            ways,
            "For each");
    }

    private List<AslEdge> Scope(IrScope scope, List<AslEdge> ways)
    {
        var left = new List<AslEdge>();
        _scopes[scope.Name] = left;
        var after = Block(scope.Body, ways);
        _ = _scopes.Remove(scope.Name);
        return [.. after, .. left];
    }

    private Rounds Body(IrLoop loop, List<AslEdge> ways)
    {
        var outer = _loop;
        var rounds = new Rounds();
        _loop = rounds;
        ways = Block(loop.Body, ways);
        _loop = outer;
        rounds.Back = Block(loop.Advance, [.. ways, .. rounds.Continued]);
        return rounds;
    }

    private void Repeat(List<AslEdge> ways, AslEdge again, IrSource source)
    {
        if (again.Target is null)
        {
            ways = Pass([.. ways.Except([again]), again], source.Text, []); // no state in the whole round
        }

        foreach (var entry in again.Postponed)
        {
            ways = Assign(entry.Key, entry.Value, ways, source, []);
        }

        foreach (var way in ways)
        {
            way.Target = again.Target;
        }
    }

    /// <summary>
    /// The first state of a loop is entered again, so that what a start has in mind must be as true then: the run's input instead of
    /// the state's. Where that cannot be, a state before the loop assigns it.
    /// </summary>
    private List<AslEdge> BeforeLoop(IrLoop loop, List<AslEdge> ways)
    {
        if (_pending is null || !ways.Exists(static way => way.IsStart))
        {
            return ways;
        }

        var assigned = new HashSet<string>(IrNames.Of(loop.Body).Concat(IrNames.Of(loop.Advance)), StringComparer.Ordinal);
        var beginsWithState = (loop.Condition is not null && !loop.TestsAfter) || BeginsWithState(loop.Body);
        return beginsWithState && ways.Count == 1 && !_pending.Exists(assigned.Contains) && Lasting(ways[0].Known) is { } lasting
            ? [AslEdge.Start(lasting)]
            : Pass(ways, loop.Source.Text, []);
    }

    /// <summary>What a start has in mind, in terms that hold in later states and in branches too; <see langword="null"/> where there are none.</summary>
    private Dictionary<string, string>? Lasting(IReadOnlyDictionary<string, string> known)
    {
        const string Input = "$states.input";
        if (_kind != AslMachineKind.Workflow && known.Any(static entry => entry.Value.Contains(Input)))
        {
            return null;
        }

        return known.ToDictionary(static entry => entry.Key, static entry => entry.Value.Replace(Input, "$states.context.Execution.Input"), StringComparer.Ordinal);
    }

    private static bool BeginsWithState(IrBlock block) => block.Statements.Count > 0 && block.Statements[0] switch
    {
        IrAssign or IrTake or IrForEach or IrBreak or IrContinue or IrLeave => false,
        IrLoop loop => (loop.Condition is not null && !loop.TestsAfter) || BeginsWithState(loop.Body),
        IrTry attempt => BeginsWithState(attempt.Body),
        IrScope scope => BeginsWithState(scope.Body),
        _ => true,
    };

    // A path whose variables nobody assigns meanwhile needs no variable of its own.
    private static bool StaysTheSame(IrExpression items, IrBlock body) => items switch
    {
        IrVariable variable => !IrNames.Of(body).Contains(variable.Name, StringComparer.Ordinal),
        IrMember { Default: null or { Kind: IrKind.Null } } member => StaysTheSame(member.Target, body),
        _ => false,
    };

    // The keyword that the statement begins with; what a transformation made is a while.
    private static string NameOf(IrLoop loop) =>
        loop.Source.Text.StartsWith("for", StringComparison.Ordinal) ? "For"
        : loop.TestsAfter ? "Do while"
        : "While";

    /// <summary>The edges that jumps of a loop's body have taken, and those that go back.</summary>
    private sealed class Rounds
    {
        public List<AslEdge> Broken { get; } = [];

        public List<AslEdge> Continued { get; } = [];

        public List<AslEdge> Back { get; set; } = [];
    }
}
