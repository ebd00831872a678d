using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Retries;

/// <summary>A loop that tries something again: a <c>try</c> in it whose failure goes round, and whose success leaves the loop.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Attempt">What is tried.</param>
/// <param name="Failure">The clause after which the loop goes round.</param>
/// <param name="HasEnd">Whether something ends it that fails for ever: a count, a list of waits, a clock.</param>
internal sealed record RetryLoop(ILoopOperation Loop, ITryOperation Attempt, ICatchClauseOperation Failure, bool HasEnd)
{
    /// <summary>The loops of a body that try again, each once.</summary>
    public static IEnumerable<RetryLoop> In(BodyFacts body)
    {
        if (body.Loops.Count == 0 || body.Catches.Count == 0)
        {
            yield break;
        }

        ILoopOperation? last = null;
        foreach (var clause in body.Catches)
        {
            if (clause.Parent is ITryOperation attempt && LoopAround(attempt) is { } loop && !ReferenceEquals(loop, last) && GoesRound(clause) && EndsWithSuccess(loop, attempt))
            {
                last = loop;
                yield return new RetryLoop(loop, attempt, clause, HasLimit(loop, clause, body));
            }
        }
    }

    /// <summary>Whether a node is part of what is tried.</summary>
    public bool Tries(SyntaxNode node) => Attempt.Body.Syntax.Span.Contains(node.Span) && Attempt.Body.Syntax.SyntaxTree == node.SyntaxTree;

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation or ITryOperation or ICatchClauseOperation); outer = outer.Parent)
        {
            if (outer is ILoopOperation loop)
            {
                return loop;
            }
        }

        return null;
    }

    // Whatever is called beyond logs and waits may end it in its own way.
    private static bool GoesRound(ICatchClauseOperation clause)
    {
        foreach (var statement in clause.Handler.Operations)
        {
            if (statement is IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break })
            {
                return false;
            }
        }

        return OnlyWaits(clause.Handler);
    }

    private static bool OnlyWaits(IOperation operation)
    {
        if (operation is IInvocationOperation call && !Calls.Tells(call) && !IsWait(call) && ExternalCalls.Top(call.TargetMethod.ContainingNamespace) is not { Name: "System" })
        {
            return false;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!OnlyWaits(child))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWait(IInvocationOperation call) => call.TargetMethod is { Name: "Delay" or "Sleep" or "Yield" };

    private static bool EndsWithSuccess(ILoopOperation loop, ITryOperation attempt)
    {
        switch (loop)
        {
            // Over items and not over attempts: an array, a list, an index into one.
            case IForEachLoopOperation each when !IsOfAttempts(each.Collection):
            case IForLoopOperation { Condition: { } condition } when Uses(condition, static inner => inner is IPropertyReferenceOperation { Property.Name: "Length" or "Count" }):
                return false;
            case IWhileLoopOperation { Condition: { } until } when LocalOf(until) is { } local:
                return Uses(attempt.Body, inner => inner is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Local, local)) || Leaves(attempt.Body);
        }

        return Leaves(attempt.Body) || FollowedByExit(attempt);
    }

    private static bool IsOfAttempts(IOperation collection) => collection switch
    {
        IConversionOperation conversion => IsOfAttempts(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" } } => true,
        _ => collection.Type switch
        {
            IArrayTypeSymbol { ElementType: var element } => element is { Name: "TimeSpan" },
            INamedTypeSymbol { TypeArguments: [{ Name: "TimeSpan" }] } => true,
            _ => false,
        },
    };

    // Also from within an if: a status that says that it is done.
    private static bool Leaves(IBlockOperation body)
    {
        foreach (var statement in body.Operations)
        {
            if (statement is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break }
                || (statement is IConditionalOperation { WhenTrue: var then } && Uses(then, static inner => inner is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break }))
                || (statement is IUsingOperation { Body: IBlockOperation inside } && Leaves(inside)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool FollowedByExit(ITryOperation attempt)
    {
        if (attempt.Parent is not IBlockOperation block)
        {
            return false;
        }

        var found = false;
        foreach (var statement in block.Operations)
        {
            found |= ReferenceEquals(statement, attempt);
            if (found && statement is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break })
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLimit(ILoopOperation loop, ICatchClauseOperation clause, BodyFacts body)
    {
        switch (loop)
        {
            case IForEachLoopOperation:
            case IForLoopOperation { Condition: { ConstantValue.HasValue: false } }:
            case IWhileLoopOperation { Condition: { ConstantValue.HasValue: false } condition } when LocalOf(condition) is null:
                return true;
        }

        if (clause.Filter is { } filter && Uses(filter, static inner => inner is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual }))
        {
            return true;
        }

        var span = loop.Syntax.Span;
        foreach (var written in body.Written)
        {
            if (written.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation && span.Contains(written.Syntax.Span) && written.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double })
            {
                return true;
            }
        }

        foreach (var member in body.Members)
        {
            if (span.Contains(member.Syntax.Span) && member.Member.Name is "UtcNow" or "Now" or "Elapsed" or "ElapsedMilliseconds" or "IsCancellationRequested" or "Deadline" or "RemainingTime")
            {
                return true;
            }
        }

        foreach (var call in body.Calls)
        {
            if (span.Contains(call.Syntax.Span) && call.TargetMethod.Name is "ThrowIfCancellationRequested" or "GetElapsedTime" or "GetUtcNow" or "GetTimestamp")
            {
                return true;
            }
        }

        return false;
    }

    private static ILocalSymbol? LocalOf(IOperation condition) => condition switch
    {
        ILocalReferenceOperation local => local.Local,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    private static bool Uses(IOperation operation, Func<IOperation, bool> what)
    {
        if (what(operation))
        {
            return true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && Uses(child, what))
            {
                return true;
            }
        }

        return false;
    }
}
