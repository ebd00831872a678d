using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// For engines that may look at both sides of <c>and</c>, <c>or</c>, <c>?:</c> and <c>??</c>: a side that relies on the decision moves behind an
/// if, and so does one that such an engine cannot have within an expression.
/// </summary>
internal sealed class EagerConditions : PreludeRewriter
{
    private readonly HashSet<IrExpression> _held = [];

    private EagerConditions(IrBlock body, IEnumerable<string> names)
        : base(body, names)
    {
    }

    public static IrBlock Apply(IrBlock body, IEnumerable<string> names) => new EagerConditions(body, names).Block(body);

    protected override IrExpression Expression(IrExpression expression) => expression switch
    {
        IrBinary { Operator: IrOperator.And or IrOperator.Or } binary when MustWait(binary.Left, binary.Right) => Logical(binary),
        IrConditional conditional when MustWait(conditional.Condition, conditional.Then) || MustWait(conditional.Condition, conditional.Else) => Conditional(conditional),
        IrCoalesce coalesce when MustWait(coalesce.Left, coalesce.Right) => Coalesce(coalesce),
        _ => base.Expression(expression),
    };

    private IrVariable Logical(IrBinary binary)
    {
        // In a chain the left side has its variable already.
        var left = Expression(binary.Left);
        var held = left is IrVariable known && _held.Contains(known) ? known : Before("condition", left);
        _held.Add(held);
        Before(new IrIf(binary.Operator == IrOperator.And ? held : new IrNot(held), Giving(held, binary.Right), null, IrSource.None));
        return held;
    }

    private IrVariable Conditional(IrConditional conditional)
    {
        var condition = Expression(conditional.Condition);
        var held = new IrVariable(NewName("value"), conditional.Kind);
        Before(new IrIf(condition, Giving(held, conditional.Then), Giving(held, conditional.Else), IrSource.None));
        return held;
    }

    private IrVariable Coalesce(IrCoalesce coalesce)
    {
        var held = Before("value", Expression(coalesce.Left)) with { Kind = coalesce.Kind };
        Before(new IrIf(new IrIsNull(held), Giving(held, coalesce.Right), null, IrSource.None));
        return held;
    }

    private IrBlock Giving(IrVariable held, IrExpression value)
    {
        var (rewritten, prelude) = Apart(value);
        IrStatement assign = new IrAssign(held.Name, rewritten, IrSource.None);
        return new IrBlock(prelude.Statements.Append(assign).ToEquatableArray());
    }

    private static bool MustWait(IrExpression decision, IrExpression side) => IrEffects.NeedsLaziness(decision, side) || IsMade(side);

    // Objects are written as statements, and lists are joined by them.
    private static bool IsMade(IrExpression expression) => expression is IrObject or IrMerge or IrJoin or IrList || IrWalk.Parts(expression).Any(IsMade);
}
