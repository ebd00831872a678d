using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>A transformation that moves parts of expressions into statements before the statement that uses them.</summary>
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
        var rewritten = base.Statement(statement).ToList();
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

    private string NewName(string name)
    {
        for (var number = 1; ; number++)
        {
            if (_names.Add($"{name}_{number}"))
            {
                return $"{name}_{number}";
            }
        }
    }
}

/// <summary>Every variable that a block assigns.</summary>
internal static class IrNames
{
    public static IEnumerable<string> Of(IrBlock? block) => IrWalk.All(block).SelectMany(IrWalk.Assigned);
}
