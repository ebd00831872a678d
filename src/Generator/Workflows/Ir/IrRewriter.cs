using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Rebuilds IR node by node; a transformation overrides what it changes.</summary>
internal abstract class IrRewriter
{
    public virtual IrBlock Block(IrBlock block) => new(block.Statements.SelectMany(Statement).ToEquatableArray());

    /// <summary>One statement may become several.</summary>
    protected virtual IEnumerable<IrStatement> Statement(IrStatement statement) => statement switch
    {
        IrStep step => [step with { Input = step.Input is null ? null : Expression(step.Input) }],
        IrAssign assign => [assign with { Value = Expression(assign.Value) }],
        IrIf branch => [branch with { Condition = Expression(branch.Condition), Then = Block(branch.Then), Else = branch.Else is null ? null : Block(branch.Else) }],
        IrReturn back => [back with { Value = back.Value is null ? null : Expression(back.Value) }],
        IrTry attempt => [attempt with { Body = Block(attempt.Body), Handler = Block(attempt.Handler) }],
        _ => [statement],
    };

    protected virtual IrExpression Expression(IrExpression expression) => expression switch
    {
        IrMember member => member with { Target = Expression(member.Target) },
        IrBinary binary => binary with { Left = Expression(binary.Left), Right = Expression(binary.Right) },
        IrNot not => not with { Operand = Expression(not.Operand) },
        IrIsNull check => check with { Operand = Expression(check.Operand) },
        IrObject made => made with { Fields = made.Fields.Select(field => field with { Value = Expression(field.Value) }).ToEquatableArray() },
        _ => expression,
    };
}
