using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// A transformation that moves parts of expressions into statements before the statement that uses them. A loop's condition is asked
/// again in every round, so what it needs moves into the loop with it.
/// </summary>
internal abstract class PreludeRewriter : IrRewriter
{
    private readonly HashSet<string> _names;
    private List<IrStatement> _prelude = [];

    protected PreludeRewriter(IrBlock body, IEnumerable<string> names) =>
        _names = new HashSet<string>(names.Concat(IrNames.Of(body)), StringComparer.Ordinal);

    protected override IEnumerable<IrStatement> Statement(IrStatement statement)
    {
        var outer = _prelude;
        _prelude = [];
        var rewritten = statement is IrLoop { Condition: { } condition } loop ? Loop(loop, condition) : base.Statement(statement).ToList();
        var result = _prelude.Concat(rewritten).ToList();
        _prelude = outer;
        return result;
    }

    /// <summary>Computes a value before the current statement, in a new variable.</summary>
    protected IrVariable Before(string name, IrExpression value)
    {
        var variable = NewName(name);
        _prelude.Add(new IrAssign(variable, value, IrSource.None));
        return new IrVariable(variable, value.Kind);
    }

    /// <summary>Adds a statement before the current one.</summary>
    protected void Before(IrStatement statement) => _prelude.Add(statement);

    /// <summary>Rewrites an expression and keeps what it wants to have computed before apart.</summary>
    protected (IrExpression Expression, IrBlock Prelude) Apart(IrExpression expression)
    {
        var outer = _prelude;
        _prelude = [];
        var rewritten = Expression(expression);
        var prelude = new IrBlock(_prelude.ToEquatableArray());
        _prelude = outer;
        return (rewritten, prelude);
    }

    protected string NewName(string name)
    {
        for (var number = 1; ; number++)
        {
            if (_names.Add($"{name}_{number}"))
            {
                return $"{name}_{number}";
            }
        }
    }

    private List<IrStatement> Loop(IrLoop loop, IrExpression condition)
    {
        var (rewritten, prelude) = Apart(condition);
        var body = Block(loop.Body);
        var advance = Block(loop.Advance);
        if (prelude.Statements.Count == 0)
        {
            return [loop with { Condition = rewritten, Body = body, Advance = advance }];
        }

        if (!loop.TestsAfter)
        {
            IrStatement leave = new IrIf(new IrNot(rewritten), One(new IrBreak(IrSource.None)), null, IrSource.None);
            return [loop with { Condition = null, Body = new IrBlock(prelude.Statements.Append(leave).Concat(body.Statements).ToEquatableArray()), Advance = advance }];
        }

        var again = new IrVariable(NewName("again"), IrKind.Boolean);
        IrStatement test = new IrAssign(again.Name, rewritten, IrSource.None);
        return [loop with { Condition = again, Body = body, Advance = new IrBlock(advance.Statements.Concat(prelude.Statements).Append(test).ToEquatableArray()) }];
    }

    private static IrBlock One(IrStatement statement) => new(new[] { statement }.ToEquatableArray());
}

/// <summary>Every variable that a block assigns.</summary>
internal static class IrNames
{
    public static IEnumerable<string> Of(IrBlock? block) => IrWalk.All(block).SelectMany(IrWalk.Assigned);
}
