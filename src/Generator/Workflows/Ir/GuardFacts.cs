namespace Portable.Generator.Workflows.Ir;

/// <summary>What is known at a place: conditions that do not hold, and how many elements lists have at least.</summary>
internal sealed class GuardFacts
{
    private readonly HashSet<IrExpression> _false = [];
    private readonly Dictionary<IrExpression, long> _least = [];

    public GuardFacts Copy() => new GuardFacts().Add(this);

    /// <summary>Takes over what another one knows.</summary>
    public void Become(GuardFacts other)
    {
        if (other != this)
        {
            _false.Clear();
            _least.Clear();
            Add(other);
        }
    }

    /// <summary>What both know.</summary>
    public GuardFacts And(GuardFacts other)
    {
        _false.IntersectWith(other._false);
        foreach (var list in _least.Keys.ToList())
        {
            if (other._least.TryGetValue(list, out var least))
            {
                _least[list] = Math.Min(least, _least[list]);
            }
            else
            {
                _least.Remove(list);
            }
        }

        return this;
    }

    /// <summary>Forgets what variables have to do with that get new values.</summary>
    public GuardFacts Without(IEnumerable<string> assigned)
    {
        var changed = new HashSet<string>(assigned, StringComparer.Ordinal);
        if (changed.Count > 0)
        {
            _false.RemoveWhere(condition => IrWalk.Variables(condition).Any(changed.Contains));
            foreach (var list in _least.Keys.Where(list => IrWalk.Variables(list).Any(changed.Contains)).ToList())
            {
                _least.Remove(list);
            }
        }

        return this;
    }

    /// <summary>Whether a condition is known not to hold.</summary>
    public bool IsFalse(IrExpression condition) => condition switch
    {
        IrBinary { Operator: IrOperator.Or } either => IsFalse(either.Left) && IsFalse(either.Right),
        IrBinary { Operator: IrOperator.GreaterOrEqual, Left: IrLiteral { Kind: IrKind.Integer } index, Right: IrCount { List: var list } } when _least.TryGetValue(list, out var least) && Number(index) < least => true,
        _ => _false.Contains(condition),
    };

    /// <summary>Keeps that a condition holds, or does not.</summary>
    public void Learn(IrExpression condition, bool holds)
    {
        switch (condition)
        {
            case IrNot not:
                Learn(not.Operand, !holds);
                break;

            case IrBinary { Operator: IrOperator.And } both when holds:
                Learn(both.Left, true);
                Learn(both.Right, true);
                break;

            case IrBinary { Operator: IrOperator.Or } either when !holds:
                Learn(either.Left, false);
                Learn(either.Right, false);
                break;

            case IrBinary { Left: IrCount { List: var list }, Right: IrLiteral { Kind: IrKind.Integer } number } compared:
                AtLeast(list, Least(compared.Operator, Number(number), holds));
                break;

            case IrBinary { Left: IrLiteral { Kind: IrKind.Integer } number, Right: IrCount { List: var list } } compared:
                AtLeast(list, Least(Mirrored(compared.Operator), Number(number), holds));
                break;
        }

        if (!holds)
        {
            _false.Add(condition);
        }
    }

    // What "count op number" says about the count.
    private static long Least(IrOperator op, long number, bool holds) => (op, holds) switch
    {
        (IrOperator.Greater, true) or (IrOperator.LessOrEqual, false) => number + 1,
        (IrOperator.GreaterOrEqual or IrOperator.Equal, true) or (IrOperator.Less or IrOperator.NotEqual, false) => number,
        (IrOperator.NotEqual, true) or (IrOperator.Equal, false) when number == 0 => 1,
        _ => 0,
    };

    private static IrOperator Mirrored(IrOperator op) => op switch
    {
        IrOperator.Less => IrOperator.Greater,
        IrOperator.LessOrEqual => IrOperator.GreaterOrEqual,
        IrOperator.Greater => IrOperator.Less,
        IrOperator.GreaterOrEqual => IrOperator.LessOrEqual,
        _ => op,
    };

    private static long Number(IrLiteral literal) => long.Parse(literal.Text, System.Globalization.CultureInfo.InvariantCulture);

    private void AtLeast(IrExpression list, long count)
    {
        if (count > 0 && (!_least.TryGetValue(list, out var known) || known < count))
        {
            _least[list] = count;
        }
    }

    private GuardFacts Add(GuardFacts other)
    {
        _false.UnionWith(other._false);
        foreach (var entry in other._least)
        {
            AtLeast(entry.Key, entry.Value);
        }

        return this;
    }
}
