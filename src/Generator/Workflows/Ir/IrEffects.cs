namespace Portable.Generator.Workflows.Ir;

/// <summary>What evaluating an expression can do wrong, for engines that do not promise to be lazy.</summary>
internal static class IrEffects
{
    /// <summary>
    /// Whether the right side of <c>and</c>/<c>or</c> relies on the left one: it reads a member of, or orders, something that may be
    /// null, so that an engine must not look at it before the left side has decided.
    /// </summary>
    public static bool NeedsLaziness(IrExpression left, IrExpression right)
    {
        var guards = new HashSet<IrExpression>();
        Guards(left, guards);
        return MayFail(right, guards);
    }

    private static void Guards(IrExpression expression, HashSet<IrExpression> guards)
    {
        switch (expression)
        {
            case IrIsNull check:
                guards.Add(check.Operand);
                break;
            case IrNot not:
                Guards(not.Operand, guards);
                break;
            case IrBinary binary:
                Guards(binary.Left, guards);
                Guards(binary.Right, guards);
                break;
        }
    }

    private static bool MayFail(IrExpression expression, HashSet<IrExpression> guards) => expression switch
    {
        IrMember member => guards.Contains(member.Target) || member.Target is IrMember { MayBeNull: true } or IrMember { MayBeMissing: true } || MayFail(member.Target, guards),
        IrBinary { Operator: not (IrOperator.And or IrOperator.Or or IrOperator.Equal or IrOperator.NotEqual) } ordering when MayBeNull(ordering.Left, guards) || MayBeNull(ordering.Right, guards) => true,
        IrArithmetic arithmetic when MayBeNull(arithmetic.Left, guards) || MayBeNull(arithmetic.Right, guards) => true,
        IrElement => true,
        _ => IrWalk.Parts(expression).Any(part => MayFail(part, guards)),
    };

    private static bool MayBeNull(IrExpression operand, HashSet<IrExpression> guards) => guards.Contains(operand) || operand is IrMember { MayBeNull: true };
}
