namespace Portable.Generator.Workflows.Ir;

/// <summary>What evaluating an expression can do wrong, for engines that do not promise to be lazy.</summary>
internal static class IrEffects
{
    /// <summary>
    /// Whether an expression relies on what has been decided before it: it reads a member of, or computes with, something that may be
    /// null, or an element of a list, so that an engine must not look at it before.
    /// </summary>
    /// <param name="decision">The condition, or the left side of <c>and</c>, <c>or</c> and <c>??</c>.</param>
    /// <param name="expression">What is only evaluated after it.</param>
    public static bool NeedsLaziness(IrExpression decision, IrExpression expression)
    {
        var guards = new HashSet<IrExpression>();
        Guards(decision, guards);
        return MayFail(expression, guards);
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
            case IrConditional conditional:
                Guards(conditional.Condition, guards);
                Guards(conditional.Then, guards);
                Guards(conditional.Else, guards);
                break;
        }
    }

    private static bool MayFail(IrExpression expression, HashSet<IrExpression> guards) => expression switch
    {
        IrMember member => MayBeNull(member.Target, guards) || member.Target is IrMember { MayBeMissing: true } || MayFail(member.Target, guards),
        IrBinary { Operator: not (IrOperator.And or IrOperator.Or or IrOperator.Equal or IrOperator.NotEqual) } or IrArithmetic or IrConcat or IrCount or IrContains or IrJoin
            when IrWalk.Parts(expression).Any(part => MayBeNull(part, guards)) => true,
        IrConditional conditional when MayBeNull(conditional.Condition, guards) => true,
        IrNot not when MayBeNull(not.Operand, guards) => true,
        IrBinary { Operator: IrOperator.And or IrOperator.Or } logical when MayBeNull(logical.Left, guards) || MayBeNull(logical.Right, guards) => true,
        IrMerge merge when MayBeNull(merge.Target, guards) => true,
        IrElement => true,
        _ => IrWalk.Parts(expression).Any(part => MayFail(part, guards)),
    };

    private static bool MayBeNull(IrExpression operand, HashSet<IrExpression> guards) => guards.Contains(operand) || operand switch
    {
        IrMember { MayBeNull: true } or IrLiteral { Kind: IrKind.Null } => true,
        IrConditional conditional => MayBeNull(conditional.Then, guards) || MayBeNull(conditional.Else, guards),
        IrCoalesce coalesce => MayBeNull(coalesce.Right, guards),
        _ => false,
    };
}
