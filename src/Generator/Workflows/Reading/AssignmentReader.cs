using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads what gives variables values: declarations, assignments, awaited calls, and <c>list.Add</c>.</summary>
internal sealed partial class AssignmentReader(ReadingContext context, LocalUses locals, ExpressionReader expressions, FlowCallReader calls)
{
    /// <summary>Reads one declarator of a declaration.</summary>
    public IEnumerable<IrStatement> Declare(IVariableDeclaratorOperation declarator, IrSource source)
    {
        var local = declarator.Symbol;
        if (local.IsConst)
        {
            return []; // its uses are literals
        }

        if (local.IsRef)
        {
            return Reject(declarator, "declares a ref local: declare an ordinary one");
        }

        if (WorkflowSymbols.Same(local.Type, context.Symbols.StepFailed))
        {
            context.DeclareFailure(local, context.Names.Take(local.Name), mayBeNull: true);
            return declarator.GetVariableInitializer()?.Value is { } failure ? Keep(local, failure, source) : [];
        }

        if (declarator.GetVariableInitializer()?.Value is not { } value)
        {
            Declared(local, false, false);
            return [];
        }

        if (DurationConstants.IsDuration(local.Type) && Duration(local, value, source) is { } counted)
        {
            return counted;
        }

        if (Awaited(value) is { } awaited)
        {
            return Call(awaited, source, (_, external) => Declared(local, external, external), local);
        }

        if (FlowCallReader.WithoutConversions(value) is IDelegateCreationOperation)
        {
            return Reject(declarator, $"keeps a function in '{local.Name}': write it where flow.Parallel or flow.Map runs it, or declare a local function");
        }

        if (Deconstruction.IsParted(value) && new Deconstruction(context, expressions).Parts(value, null) is { } parts)
        {
            return DeclareParts(local, parts, source);
        }

        if (expressions.Read(value) is not { } expression)
        {
            context.Declare(local, true); // so that its uses are read and their own faults found
            return [];
        }

        var name = Declared(local, context.IsExternal(expression), context.IsUnsure(expression));
        if (context.HoldsExternal(expression))
        {
            context.MarkHoldsExternal(name);
        }

        return Give(name, expression, source);
    }

    /// <summary>Reads an expression statement.</summary>
    public IEnumerable<IrStatement> Read(IExpressionStatementOperation statement) => Read(statement.Operation, statement);

    /// <summary>Reads an assignment inside an expression, and gives the variable that has its value; <see langword="null"/> when it was reported.</summary>
    public IrExpression? Value(IOperation assignment)
    {
        var target = assignment switch
        {
            IAssignmentOperation { Target: var assigned } => assigned,
            IIncrementOrDecrementOperation increment => increment.Target,
            _ => null,
        };
        if (target is null || !IsFirst(assignment))
        {
            context.Reject(RuleIdentifiers.UnsupportedExpression, assignment, "assigns inside an expression whose other parts may see it: assign in a statement of its own before");
            return null;
        }

        var problems = context.Problems;
        var before = assignment is IIncrementOrDecrementOperation { IsPostfix: true } && Target(target) is { } variable ? context.Hold("before", new IrVariable(variable.Name, variable.Kind)) : null;
        foreach (var statement in Read(assignment, assignment).ToList())
        {
            context.Before(statement);
        }

        return context.Problems == problems && Target(target) is { } now ? before ?? new IrVariable(now.Name, now.Kind) : context.GiveUp();
    }

    // Nothing else of the statement is computed before it, nor can see what the variable was.
    private static bool IsFirst(IOperation operation) => operation.Parent switch
    {
        IExpressionStatementOperation or IReturnOperation or IVariableInitializerOperation or IThrowOperation => true,
        IConditionalOperation { Type: null } branch => branch.Condition == operation,
        IWhileLoopOperation loop => loop.Condition == operation,
        IForLoopOperation loop => loop.Condition == operation,
        ISwitchOperation choice => choice.Value == operation,
        IConversionOperation or IParenthesizedOperation or IUnaryOperation => IsFirst(operation.Parent),
        IIsPatternOperation test => test.Value == operation && IsFirst(test),
        IBinaryOperation binary => binary.LeftOperand == operation && IsFirst(binary),
        ICoalesceOperation coalesce => coalesce.Value == operation && IsFirst(coalesce),
        IConditionalAccessOperation access => access.Operation == operation && IsFirst(access),
        IConditionalOperation choice => choice.Condition == operation && IsFirst(choice),
        ISwitchExpressionOperation choice => choice.Value == operation && IsFirst(choice),
        IPropertyReferenceOperation member => member.Instance == operation && IsFirst(member),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } outer => outer.Value == operation && IsFirst(outer),
        _ => false,
    };

    private IEnumerable<IrStatement> Read(IOperation operation, IOperation statement)
    {
        var source = SourceLine.Of(statement);
        switch (operation)
        {
            case IAwaitOperation awaited:
                return Call(awaited, source, null, null);

            case ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var value }:
                return value is IAwaitOperation discarded
                    ? Call(discarded, source, null, null)
                    : Reject(value, "discards a value that is no awaited call: remove the statement");

            case ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: var failure } } assignment when context.Find(failure) is { IsFailure: true } kept && kept.Depth == context.Function.Depth:
                return Keep(failure, assignment.Value, source);

            case ISimpleAssignmentOperation { IsRef: false } assignment when Target(assignment.Target) is { } target:
                return Assign(assignment, target, source);

            case ICoalesceAssignmentOperation assignment when Target(assignment.Target) is { } target:
                var missing = context.Prelude.Apart(() => expressions.Read(assignment.Value), out var before);
                return missing is null ? [] : [new IrIf(new IrIsNull(new IrVariable(target.Name, target.Kind)), new IrBlock(before.Concat([new IrAssign(target.Name, missing, source)]).ToEquatableArray()), null, source)];

            case ICompoundAssignmentOperation assignment when Target(assignment.Target) is { } target:
                return expressions.Compound(assignment) is { } sum ? Give(target.Name, sum, source) : [];

            case IIncrementOrDecrementOperation increment when Target(increment.Target) is { } target:
                return expressions.Increment(increment) is { } next ? Give(target.Name, next, source) : [];

            case ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: var tuple } } assignment when context.FindTuple(tuple) is { } elements:
                return Reassign(assignment, elements, source);

            case IDeconstructionAssignmentOperation { Target: var pattern, Value: var value }:
                return Deconstruct(statement, pattern, value, source);

            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } call when !context.Symbols.IsTask(call.TargetMethod.ReturnType, out _):
                return calls.Functions.Read(call, isWhole: true)?.Run(variable: null, source) ?? [];

            case IInvocationOperation call when LocalUses.GrownBy(call) is { } symbol:
                return Grow(call, symbol, source);

            // An assignment whose target was rejected has its finding.
            case IAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } or IIncrementOrDecrementOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation }:
                context.GiveUp();
                return [];

            default:
                return Reject(statement, StatementProblems.Of(statement));
        }
    }

    // A failure that was caught, kept for later; or none.
    private IEnumerable<IrStatement> Keep(ISymbol local, IOperation value, IrSource source)
    {
        var whole = FlowCallReader.WithoutConversions(value);
        IrExpression? kept = whole?.ConstantValue is { HasValue: true, Value: null } ? new IrLiteral(IrKind.Null, "")
            : whole is ILocalReferenceOperation other && context.Find(other.Local) is { IsFailure: true } caught ? new IrVariable(caught.Name, IrKind.Object)
            : null;
        return kept is null ? Reject(value, "keeps something else than a failure that was caught: assign the variable of a catch clause, or null") : [new IrAssign(context.Find(local)!.Name, kept, source)];
    }

    // A duration that is only waited for is counted in seconds; one that is known needs no variable for that.
    private IEnumerable<IrStatement>? Duration(ILocalSymbol local, IOperation value, IrSource source)
    {
        if (locals.IsReassigned(local))
        {
            return null;
        }

        var isForWaiting = locals.References(local).All(IsWait);
        if (context.Durations.Of(value) is { } known)
        {
            context.Durations.Declare(local, known);
            return isForWaiting ? [] : null;
        }

        var durations = new Durations(context, expressions);
        if (!isForWaiting || !durations.IsCounted(value) || durations.Seconds(value) is not { } seconds)
        {
            return null;
        }

        var variable = context.Temporary(local.Name, IrKind.Integer, external: false);
        context.Durations.Declare(local, variable);
        return Give(variable.Name, seconds, source);
    }

    private bool IsWait(IOperation reference)
    {
        var use = reference.Parent;
        while (use is IConversionOperation or IParenthesizedOperation)
        {
            use = use.Parent;
        }

        return use is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Delay" or "Event" } wait } } && context.Symbols.IsFlow(wait.ContainingType);
    }

    private IEnumerable<IrStatement> Assign(ISimpleAssignmentOperation assignment, Variable target, IrSource source)
    {
        if (assignment.Value is IAwaitOperation awaited)
        {
            return Call(awaited, source, (_, _) => target.Name, null);
        }

        return expressions.Read(assignment.Value) is { } value ? Give(target.Name, value, source) : [];
    }

    /// <param name="variable">Names the variable of the result; <see langword="null"/> discards it.</param>
    /// <param name="local">The local that is declared with the result, for tuples.</param>
    private IEnumerable<IrStatement> Call(IAwaitOperation awaited, IrSource source, Func<ITypeSymbol?, bool, string>? variable, ILocalSymbol? local)
    {
        if (calls.Read(awaited.Operation, awaited) is not { } call)
        {
            if (local is not null)
            {
                context.Declare(local, true);
            }

            return [];
        }

        if (!call.IsTuple)
        {
            return call.Run(variable, source);
        }

        if (variable is null)
        {
            return call.RunAll(call.Results.Select(static _ => (Func<ITypeSymbol?, bool, string>?)null).ToList(), source);
        }

        if (local is null)
        {
            return RejectTuple(awaited);
        }

        // The tuple's elements become variables: tuples have no JSON.
        var elements = new List<IrExpression>();
        var statements = call.RunAll(
            call.Results.Select((result, index) =>
            {
                IrExpression element = result.HasValue
                    ? context.Temporary($"{local.Name}_{index + 1}", context.KindOf(result.Type), result.IsExternal)
                    : new IrLiteral(IrKind.Null, "");
                elements.Add(element);
                return element is IrVariable { Name: var name } ? (_, _) => name : (Func<ITypeSymbol?, bool, string>?)null;
            }).ToList(),
            source);
        context.DeclareTuple(local, elements, isParallel: true);
        return statements;
    }

    private IEnumerable<IrStatement> Grow(IInvocationOperation call, ISymbol symbol, IrSource source)
    {
        if (Target(call.Instance!) is not { } list || expressions.Read(call.Arguments[0].Value) is not { } added)
        {
            context.GiveUp();
            return [];
        }

        var more = call.TargetMethod.Name == "Add" ? new IrList(EquatableArray.Create(added)) : added;
        if (context.IsExternal(added) || context.HoldsExternal(added))
        {
            context.MarkExternal(list.Name);
        }

        return [new IrAssign(list.Name, new IrJoin(new IrVariable(list.Name, IrKind.List), more), source)];
    }

    /// <summary>A variable that may be assigned here; <see langword="null"/> when the target is none, or was reported.</summary>
    private Variable? Target(IOperation target)
    {
        if (target is IFieldReferenceOperation { Field.ContainingType.IsTupleType: true, Instance: ILocalReferenceOperation tuple } && context.FindTuple(tuple.Local) is not null)
        {
            return context.Flow.TryValue(target, out var element) && element is IrVariable part
                ? Writable(tuple.Local, target, new Variable(part.Name, part.Kind, IsFailure: false, context.TupleDepth(tuple.Local)))
                : null;
        }

        return LocalUses.VariableOf(target) is { } symbol && context.Find(symbol) is { } variable ? Writable(symbol, target, variable) : null;
    }

    private Variable? Writable(ISymbol symbol, IOperation target, Variable variable)
    {
        if (variable.Depth < context.Function.Depth)
        {
            context.Reject(
                RuleIdentifiers.BranchAssignsOuter,
                target.Parent ?? target,
                $"assigns '{symbol.Name}' inside a branch, which would be lost: engines run branches on copies of the variables, so return the value from the branch");
            return null;
        }

        return variable.IsFailure ? null : variable;
    }

    // The result of what was called for the value alone goes straight into the variable.
    private IEnumerable<IrStatement> Give(string variable, IrExpression value, IrSource source) =>
        [value is IrVariable result && context.Prelude.TakeBack(result.Name, variable, source) is { } direct ? direct : new IrAssign(variable, value, source)];

    // A tuple's elements may have other names in the declaration, which is a conversion.
    private static IAwaitOperation? Awaited(IOperation value) =>
        value as IAwaitOperation ?? (value.Type?.IsTupleType == true ? FlowCallReader.WithoutConversions(value) as IAwaitOperation : null);

    private string Declared(ILocalSymbol local, bool external, bool unsure)
    {
        // A loop may read it before an assignment that stands further down.
        var again = locals.IsReassigned(local);
        var name = context.Declare(local, external || again || locals.IsGrowing(local));
        if (unsure || again)
        {
            context.MarkUnsure(name);
        }

        return name;
    }

    private IEnumerable<IrStatement> RejectTuple(IOperation operation)
    {
        context.Reject(RuleIdentifiers.FanOut, operation, FlowReader.TupleProblem);
        return [];
    }

    private IEnumerable<IrStatement> Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.UnsupportedStatement, operation, problem);
        return [];
    }
}
