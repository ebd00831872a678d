using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>Reads what a loop is: one that asks outside until something has happened, one without an end, one that tries again after a failure.</summary>
internal static class PollingLoop
{
    private static readonly string[] Questions = ["Get", "Is", "Has", "Find", "Check", "Poll", "Query", "Load", "Read", "Exists", "Describe", "TryGet", "Receive", "Fetch", "Status"];

    /// <summary>Whether a node stands in a loop.</summary>
    public static bool Contains(ILoopOperation loop, SyntaxNode node) => loop.Syntax.SyntaxTree == node.SyntaxTree && loop.Syntax.Span.Contains(node.Span);

    /// <summary>Whether a loop goes on for ever as far as its head says: no condition, <c>true</c>, or until cancellation.</summary>
    public static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } => true,
        IWhileLoopOperation { ConditionIsUntil: false, Condition: IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested" } property } } } => TypeNames.Is(property.ContainingType, "System.Threading", "CancellationToken"),
        IForLoopOperation { Condition: null } => true,
        _ => false,
    };

    /// <summary>Whether something in a loop ends it: <c>break</c>, <c>return</c>, <c>goto</c>.</summary>
    public static bool HasExit(ILoopOperation loop) => HasExit(loop.Body, loop);

    /// <summary>Whether a loop is there to do again what has failed. PORT2xx speaks of those.</summary>
    public static bool IsRetry(ILoopOperation loop, BodyFacts code)
    {
        foreach (var clause in code.Catches)
        {
            if (Contains(loop, clause.Syntax))
            {
                return true;
            }
        }

        var (asksForSuccess, asksForAccepted) = (false, false);
        foreach (var member in code.Members)
        {
            if (Contains(loop, member.Syntax))
            {
                asksForSuccess |= member.Member.Name is "IsSuccessStatusCode" or "StatusCode" && TypeNames.Is(member.Member.ContainingType, "System.Net.Http", "HttpResponseMessage");
                asksForAccepted |= member.Member.Name == "Accepted" && TypeNames.Is(member.Member.ContainingType, "System.Net", "HttpStatusCode");
            }
        }

        // 202 is not a failure: the other side says that it is still at work.
        return asksForSuccess && !asksForAccepted;
    }

    /// <summary>Whether a loop asks something outside, as its calls or their names say.</summary>
    public static bool Asks(ILoopOperation loop, BodyFacts code, IEnumerable<ExternalCall> outside)
    {
        foreach (var call in outside)
        {
            if (Contains(loop, call.At))
            {
                return true;
            }
        }

        foreach (var call in code.Calls)
        {
            if (call.TargetMethod.ContainingType.TypeKind == TypeKind.Interface && call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } && IsQuestion(call.TargetMethod.Name) && Contains(loop, call.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How often a loop runs at most, where its head says it: <c>for (var i = 0; i &lt; 3; i++)</c>.</summary>
    public static int? TurnsOf(ILoopOperation loop) =>
        loop is IForLoopOperation
        {
            Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual, RightOperand.ConstantValue: { HasValue: true, Value: int most } },
            AtLoopBottom: [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation }],
        }
            ? most
            : null;

    private static bool HasExit(IOperation operation, ILoopOperation loop)
    {
        switch (operation)
        {
            case IReturnOperation:
            case IBranchOperation { BranchKind: BranchKind.GoTo }:
            case IBranchOperation { BranchKind: BranchKind.Break } branch when SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel):
                return true;
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            default:
                foreach (var child in operation.ChildOperations)
                {
                    if (HasExit(child, loop))
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    private static bool IsQuestion(string name)
    {
        foreach (var word in Questions)
        {
            if (name.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
