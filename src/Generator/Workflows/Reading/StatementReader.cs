using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads statements: blocks, locals, conditions and returns itself, everything else through the reader that knows it.</summary>
internal sealed class StatementReader
{
    private readonly ReadingContext _context;
    private readonly ExpressionReader _expressions;
    private readonly AssignmentReader _assignments;
    private readonly FlowCallReader _calls;
    private readonly FailureReader _failures;
    private readonly LoopReader _loops;
    private readonly SwitchReader _switches;
    private readonly TryReader _tries;

    public StatementReader(ReadingContext context, LocalUses locals, ExpressionReader expressions)
    {
        _context = context;
        _expressions = expressions;
        _failures = new FailureReader(context, expressions);
        _calls = new FlowCallReader(context, locals, expressions, this);
        _assignments = new AssignmentReader(context, locals, expressions, _calls);
        _loops = new LoopReader(context, locals, expressions, this, _assignments);
        _switches = new SwitchReader(context, expressions, this);
        _tries = new TryReader(context, expressions, this);
        context.Flow = new FlowReader(context, _calls, _assignments, _failures);
    }

    public IrBlock Block(IEnumerable<IOperation> operations) => Block(Statements(operations));

    /// <summary>A block of statements that have been read, without what never runs; the compiler has warned of it.</summary>
    public static IrBlock Block(IEnumerable<IrStatement> statements)
    {
        var read = statements.ToList();
        var last = read.FindIndex(static statement => IrFlow.Ends(statement));
        return new IrBlock(read.Take(last < 0 ? read.Count : last + 1).ToEquatableArray());
    }

    /// <summary>Reads a list that is gone through.</summary>
    public IrExpression? Items(IOperation collection) => _loops.Items(collection);

    public List<IrStatement> Statements(IEnumerable<IOperation> operations)
    {
        var statements = new List<IrStatement>();
        foreach (var operation in operations)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            Statement(operation, statements);
        }

        return statements;
    }

    /// <summary>Reads one statement, with what it needs to have run before in front of it.</summary>
    private void Statement(IOperation operation, List<IrStatement> statements)
    {
        if (operation is IVariableDeclarationGroupOperation group)
        {
            foreach (var declarator in group.Declarations.SelectMany(static declaration => declaration.Declarators))
            {
                Add(statements, () => _assignments.Declare(declarator, SourceLine.Of(operation)));
            }
        }
        else
        {
            Add(statements, () => Read(operation));
        }
    }

    private void Add(List<IrStatement> statements, Func<IEnumerable<IrStatement>> read)
    {
        var made = _context.Prelude.Apart(() => read().ToList(), out var before);
        statements.AddRange(before);
        statements.AddRange(made);
    }

    private IEnumerable<IrStatement> Read(IOperation operation) => operation switch
    {
        IBlockOperation block => Statements(block.Operations),
        IExpressionStatementOperation { Operation: IThrowOperation thrown } => Throw(thrown),
        IExpressionStatementOperation statement => _assignments.Read(statement),
        IConditionalOperation branch => If(branch),
        IReturnOperation { Kind: OperationKind.Return } back => Return(back),
        ISwitchOperation choice => _switches.Read(choice),
        IWhileLoopOperation loop => _loops.While(loop),
        IForLoopOperation loop => _loops.For(loop),
        IForEachLoopOperation { IsAsynchronous: false } loop => _loops.ForEach(loop),
        IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } jump when _context.Function.Jumps.To(jump.Target, SourceLine.Of(jump)) is { } jumps => jumps,
        IThrowOperation thrown => Throw(thrown),
        ITryOperation attempt => _tries.Read(attempt),
        ILabeledOperation { Operation: { } labelled } => Statements([labelled]), // who jumps there is reported
        IEmptyOperation or ILocalFunctionOperation => [], // a local function is read where a branch runs it
        _ => Reject(operation),
    };

    private IEnumerable<IrStatement> Reject(IOperation operation)
    {
        _context.Reject(RuleIdentifiers.UnsupportedStatement, operation, StatementProblems.Of(operation));
        return [];
    }

    private IEnumerable<IrStatement> If(IConditionalOperation branch)
    {
        var condition = _expressions.Condition(branch.Condition);
        var then = Block([branch.WhenTrue]);
        var otherwise = branch.WhenFalse is null ? null : Block([branch.WhenFalse]);
        return condition is null ? [] : [new IrIf(condition, then, otherwise, SourceLine.Of(branch))];
    }

    private IEnumerable<IrStatement> Throw(IThrowOperation thrown) => _context.Flow.Throw(thrown) is { } read ? [read] : [];

    private IEnumerable<IrStatement> Return(IReturnOperation back)
    {
        var source = SourceLine.Of(back);
        var jumps = _context.Function.Jumps;
        if (back.ReturnedValue is not { } value)
        {
            return jumps.Return(null, source);
        }

        // A lambda may hand on the task of a call instead of awaiting it.
        var task = _context.Function.ReturnsTask ? FlowCallReader.WithoutConversions(value) : (value as IAwaitOperation)?.Operation;
        if (task is not null)
        {
            return _calls.Read(task, value) is not { } call ? []
                : call.IsTuple ? RejectTuple(value)
                : [.. call.Run("output", source, out var output), .. jumps.Return(output, source)];
        }

        return _expressions.Read(value) is { } expression ? jumps.Return(expression, source) : [];
    }

    private IEnumerable<IrStatement> RejectTuple(IOperation value)
    {
        _context.Reject(RuleIdentifiers.FanOut, value, FlowReader.TupleProblem);
        return [];
    }
}
