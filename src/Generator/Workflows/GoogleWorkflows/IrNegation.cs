using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>The opposite of a condition, in its shortest form.</summary>
internal static class IrNegation
{
    public static IrExpression Of(IrExpression condition) => condition switch
    {
        IrNot not => not.Operand,
        IrBinary { Operator: IrOperator.Equal } same => same with { Operator = IrOperator.NotEqual },
        IrBinary { Operator: IrOperator.NotEqual } different => different with { Operator = IrOperator.Equal },
        _ => new IrNot(condition),
    };
}
