using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Rebuilds IR node by node; a transformation overrides what it changes.</summary>
internal abstract class IrRewriter
{
    public virtual IrBlock Block(IrBlock block) => new(block.Statements.SelectMany(Statement).ToEquatableArray());

    /// <summary>One statement may become several.</summary>
    protected virtual IEnumerable<IrStatement> Statement(IrStatement statement) => statement switch
    {
        IrStep step => [step with { Input = Optional(step.Input), Key = Optional(step.Key) }],
        IrAssign assign => [assign with { Value = Expression(assign.Value) }],
        IrIf branch => [branch with { Condition = Expression(branch.Condition), Then = Block(branch.Then), Else = branch.Else is null ? null : Block(branch.Else) }],
        IrReturn back => [back with { Value = Optional(back.Value) }],
        IrTry attempt => [attempt with { Body = Block(attempt.Body), Filter = Optional(attempt.Filter), Handler = Block(attempt.Handler) }],
        IrLoop loop => [loop with { Condition = Optional(loop.Condition), Body = Block(loop.Body), Advance = Block(loop.Advance) }],
        IrForEach loop => [loop with { Items = Expression(loop.Items), Body = Block(loop.Body) }],
        IrScope scope => [scope with { Body = Block(scope.Body) }],
        IrThrow thrown => [thrown with { Failure = Expression(thrown.Failure) }],
        IrParallel parallel => [parallel with { Branches = parallel.Branches.Select(branch => branch with { Body = Block(branch.Body) }).ToEquatableArray() }],
        IrMap map => [map with { Items = Expression(map.Items), Body = Block(map.Body) }],
        IrWait wait => [wait with { Seconds = Optional(wait.Seconds), Until = Optional(wait.Until) }],
        IrEvent wait => [wait with { TimeoutSeconds = Expression(wait.TimeoutSeconds) }],
        IrChild child => [child with { Input = Optional(child.Input) }],
        IrPublish publish => [publish with { Payload = Expression(publish.Payload) }],
        _ => [statement],
    };

    protected virtual IrExpression Expression(IrExpression expression) => expression switch
    {
        IrMember member => member with { Target = Expression(member.Target) },
        IrBinary binary => binary with { Left = Expression(binary.Left), Right = Expression(binary.Right) },
        IrNot not => not with { Operand = Expression(not.Operand) },
        IrIsNull check => check with { Operand = Expression(check.Operand) },
        IrObject made => made with { Fields = Fields(made.Fields) },
        IrArithmetic arithmetic => arithmetic with { Left = Expression(arithmetic.Left), Right = Expression(arithmetic.Right) },
        IrConcat concat => concat with { Parts = concat.Parts.Select(Expression).ToEquatableArray() },
        IrConditional conditional => conditional with { Condition = Expression(conditional.Condition), Then = Expression(conditional.Then), Else = Expression(conditional.Else) },
        IrCoalesce coalesce => coalesce with { Left = Expression(coalesce.Left), Right = Expression(coalesce.Right) },
        IrCount count => count with { List = Expression(count.List) },
        IrElement element => element with { List = Expression(element.List), Index = Expression(element.Index) },
        IrContains contains => contains with { List = Expression(contains.List), Value = Expression(contains.Value) },
        IrList list => list with { Items = list.Items.Select(Expression).ToEquatableArray() },
        IrJoin join => join with { First = Expression(join.First), Second = Expression(join.Second) },
        IrMerge merge => merge with { Target = Expression(merge.Target), Fields = Fields(merge.Fields) },
        IrEngineExpression own => own.With(Expression),
        _ => expression,
    };

    private IrExpression? Optional(IrExpression? expression) => expression is null ? null : Expression(expression);

    private EquatableArray<IrField> Fields(EquatableArray<IrField> fields) => fields.Select(field => field with { Value = Expression(field.Value) }).ToEquatableArray();
}
