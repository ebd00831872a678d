using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>
/// For engines that may look at both sides of <c>and</c>/<c>or</c>: a right side that relies on the left one moves behind an if.
/// </summary>
internal sealed class EagerConditions : PreludeRewriter
{
    private readonly HashSet<IrExpression> _held = [];

    private EagerConditions(IrBlock body, IEnumerable<string> names)
        : base(body, names)
    {
    }

    public static IrBlock Apply(IrBlock body, IEnumerable<string> names) => new EagerConditions(body, names).Block(body);

    protected override IrExpression Expression(IrExpression expression)
    {
        if (expression is not IrBinary { Operator: IrOperator.And or IrOperator.Or } binary || !IrEffects.NeedsLaziness(binary.Left, binary.Right))
        {
            return base.Expression(expression);
        }

        // In a chain the left side has its variable already.
        var left = Expression(binary.Left);
        var held = left is IrVariable known && _held.Contains(known) ? known : Before("condition", left);
        _held.Add(held);
        var (right, prelude) = Apart(binary.Right);
        IrStatement assign = new IrAssign(held.Name, right, IrSource.None);
        Before(new IrIf(
            binary.Operator == IrOperator.And ? held : new IrNot(held),
            new IrBlock(prelude.Statements.Append(assign).ToEquatableArray()),
            null,
            IrSource.None));
        return held;
    }
}
