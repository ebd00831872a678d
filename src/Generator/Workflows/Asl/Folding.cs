using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// Makes an assignment of a <c>foreach</c> that only computes: as a loop of states, every element would be a billed transition.
/// Each of the loop's variables must depend on nothing of the loop but itself and the element.
/// </summary>
internal sealed class Folding : IrRewriter
{
    // Beyond this, a person would rather read a loop.
    private const int LargestValue = 40;

    private readonly IrBlock _body;
    private readonly string? _input;
    private HashSet<string> _assigned = new(StringComparer.Ordinal);

    private Folding(IrBlock body, string? input)
    {
        (_body, _input) = (body, input);
        if (input is not null)
        {
            _assigned.Add(input);
        }
    }

    /// <param name="body">A body.</param>
    /// <param name="input">The variable of the workflow's input.</param>
    public static IrBlock Apply(IrBlock body, string? input) => new Folding(body, input).Block(body);

    /// <summary>What is assigned before a statement of a block surely has a value in it; what is assigned in the block, perhaps not after it.</summary>
    public override IrBlock Block(IrBlock block)
    {
        var before = _assigned;
        _assigned = new HashSet<string>(before, StringComparer.Ordinal);
        var folded = base.Block(block);
        _assigned = before;
        return folded;
    }

    protected override IEnumerable<IrStatement> Statement(IrStatement statement)
    {
        var result = statement is IrForEach loop && Fold(loop) is { } assigns ? assigns : [.. base.Statement(statement)];
        _assigned.UnionWith(IrWalk.Assigned(statement));
        return result;
    }

    private List<IrStatement>? Fold(IrForEach loop)
    {
        var values = new Dictionary<string, IrExpression>(StringComparer.Ordinal);
        if (!Run([.. loop.Body.Statements], values))
        {
            return null;
        }

        // What only the loop assigns is a name within a round: C# lets nobody read it later.
        var inside = AssignmentsOf(loop.Body);
        var outside = AssignmentsOf(_body);
        var carried = values.Where(value => _input == value.Key || outside[value.Key].Count() > inside[value.Key].Count()).ToList();
        var isSafe = carried.TrueForAll(value => _assigned.Contains(value.Key)
            && Size(value.Value) <= LargestValue
            && !IrWalk.Variables(value.Value).Any(read => read != value.Key && values.ContainsKey(read))
            && !IrWalk.Variables(loop.Items).Contains(value.Key, StringComparer.Ordinal));
        return isSafe
            ? [.. carried.Select(value => (IrStatement)new IrAssign(value.Key, new AslFold(loop.Items, loop.Item, new IrVariable(value.Key, value.Value.Kind), value.Value), loop.Source))]
            : null;
    }

    /// <summary>What the variables are after the statements, in terms of what they were before; false when there is more to it than values.</summary>
    private static bool Run(List<IrStatement> statements, Dictionary<string, IrExpression> values)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case IrAssign assign:
                    values[assign.Variable] = new Substitution(values).Of(assign.Value);
                    break;

                case IrContinue when i == statements.Count - 1:
                    return true;

                case IrIf branch:
                    // What follows an arm that goes on with the next element belongs to the other one alone.
                    var rest = statements.Skip(i + 1).ToList();
                    var jumps = Jumps(branch.Then) || Jumps(branch.Else);
                    return Choose(branch, jumps ? rest : [], values) && (jumps || Run(rest, values));

                default:
                    return false;
            }
        }

        return true;
    }

    private static bool Choose(IrIf branch, List<IrStatement> rest, Dictionary<string, IrExpression> values)
    {
        var condition = new Substitution(values).Of(branch.Condition);
        var then = new Dictionary<string, IrExpression>(values, StringComparer.Ordinal);
        var otherwise = new Dictionary<string, IrExpression>(values, StringComparer.Ordinal);
        if (!Run([.. branch.Then.Statements, .. Jumps(branch.Then) ? [] : rest], then)
            || !Run([.. branch.Else?.Statements ?? default, .. Jumps(branch.Else) ? [] : rest], otherwise))
        {
            return false;
        }

        foreach (var name in then.Keys.Union(otherwise.Keys, StringComparer.Ordinal).ToList())
        {
            var kind = (then.TryGetValue(name, out var left) ? left : otherwise[name]).Kind;
            var (yes, no) = (left ?? new IrVariable(name, kind), otherwise.TryGetValue(name, out var right) ? right : new IrVariable(name, kind));
            values[name] = yes == no ? yes : new IrConditional(condition, yes, no, kind == IrKind.Null ? no.Kind : kind);
        }

        return true;
    }

    private static ILookup<string, string> AssignmentsOf(IrBlock block) => IrWalk.All(block).SelectMany(IrWalk.Assigned).ToLookup(static name => name, StringComparer.Ordinal);

    private static bool Jumps(IrBlock? block) => block is { Statements.Count: > 0 } && block.Statements[block.Statements.Count - 1] is IrContinue;

    private static int Size(IrExpression expression) => 1 + IrWalk.Parts(expression).Sum(Size);

    private sealed class Substitution(Dictionary<string, IrExpression> values) : IrRewriter
    {
        public IrExpression Of(IrExpression expression) => Expression(expression);

        protected override IrExpression Expression(IrExpression expression) =>
            expression is IrVariable variable && values.TryGetValue(variable.Name, out var value) ? value : base.Expression(expression);
    }
}
