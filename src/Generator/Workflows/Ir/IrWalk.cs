using Portable.Generator.Helpers;

namespace Portable.Generator.Workflows.Ir;

/// <summary>The parts of every node, in one place: a new node is added here, and every question about IR knows it.</summary>
internal static class IrWalk
{
    /// <summary>The blocks directly in a statement.</summary>
    public static IEnumerable<IrBlock> Blocks(IrStatement statement) => statement switch
    {
        IrIf { Else: { } otherwise } branch => [branch.Then, otherwise],
        IrIf branch => [branch.Then],
        IrTry attempt => [attempt.Body, attempt.Handler],
        IrLoop loop => [loop.Body, loop.Advance],
        IrForEach loop => [loop.Body],
        IrScope scope => [scope.Body],
        IrParallel parallel => parallel.Branches.Select(static branch => branch.Body),
        IrMap map => [map.Body],
        _ => [],
    };

    /// <summary>The expressions directly in a statement.</summary>
    public static IEnumerable<IrExpression> Expressions(IrStatement statement) => new[]
    {
        statement switch
        {
            IrStep step => step.Input,
            IrAssign assign => assign.Value,
            IrIf branch => branch.Condition,
            IrReturn back => back.Value,
            IrTry attempt => attempt.Filter,
            IrLoop loop => loop.Condition,
            IrForEach loop => loop.Items,
            IrThrow thrown => thrown.Failure,
            IrMap map => map.Items,
            IrWait wait => wait.Seconds ?? wait.Until,
            IrEvent wait => wait.TimeoutSeconds,
            IrChild child => child.Input,
            IrPublish publish => publish.Payload,
            _ => null,
        },
        (statement as IrStep)?.Key,
    }.OfType<IrExpression>();

    /// <summary>The expressions directly in an expression.</summary>
    public static IEnumerable<IrExpression> Parts(IrExpression expression) => expression switch
    {
        IrMember member => [member.Target],
        IrNot not => [not.Operand],
        IrIsNull check => [check.Operand],
        IrBinary binary => [binary.Left, binary.Right],
        IrObject made => made.Fields.Select(static field => field.Value),
        IrArithmetic arithmetic => [arithmetic.Left, arithmetic.Right],
        IrConcat concat => concat.Parts,
        IrConditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        IrCoalesce coalesce => [coalesce.Left, coalesce.Right],
        IrCount count => [count.List],
        IrElement element => [element.List, element.Index],
        IrContains contains => [contains.List, contains.Value],
        IrList list => list.Items,
        IrJoin join => [join.First, join.Second],
        IrMerge merge => new[] { merge.Target }.Concat(merge.Fields.Select(static field => field.Value)),
        IrEngineExpression own => own.Parts,
        _ => [],
    };

    /// <summary>The variables that a statement itself gives values.</summary>
    public static IEnumerable<string> Assigned(IrStatement statement) => statement switch
    {
        IrTry attempt => [attempt.Failure],
        IrForEach loop => [loop.Item],
        IrParallel parallel => parallel.Branches.Select(static branch => branch.Result).OfType<string>(),
        IrMap { Result: { } result } map => [result, map.Item],
        IrMap map => [map.Item],
        IrAssign assign => [assign.Variable],
        IrTake take => [take.Result],
        IrStep { Result: { } result } => [result],
        IrEvent { Result: { } result } => [result],
        IrChild { Result: { } result } => [result],
        _ => [],
    };

    /// <summary>Every statement of the block, nested ones included, in order.</summary>
    public static IEnumerable<IrStatement> All(IrBlock? block)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            yield return statement;
            foreach (var inner in Blocks(statement).SelectMany(All))
            {
                yield return inner;
            }
        }
    }

    /// <summary>Every variable that an expression reads.</summary>
    public static IEnumerable<string> Variables(IrExpression? expression) => expression switch
    {
        null => [],
        IrVariable variable => [variable.Name],
        IrFailurePart part => [part.Variable],
        _ => Parts(expression).SelectMany(Variables),
    };
}
