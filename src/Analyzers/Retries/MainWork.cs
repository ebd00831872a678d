using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Retries;

/// <summary>Tells the work of a body from what is done beside it.</summary>
internal static class MainWork
{
    /// <summary>
    /// Whether a <c>try</c> holds the work of its body: something is done in it, and nothing before or behind it. Where something is, the <c>try</c> may be around what
    /// is done for good measure, such as a mail after an order is stored.
    /// </summary>
    public static bool Is(ITryOperation attempt)
    {
        if (!Works(attempt.Body))
        {
            return false;
        }

        IOperation inner = attempt;
        for (var outer = inner.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (!ReferenceEquals(statement, inner) && Works(statement))
                        {
                            return false;
                        }
                    }

                    break;
                case ITryOperation around when !ReferenceEquals(around.Body, inner):
                    return false;
                case IForEachLoopOperation or IUsingOperation or IConditionalOperation or ITryOperation or IMethodBodyOperation:
                    break;
                default:
                    return false; // a lambda, a loop that tries again, a case among several
            }
        }

        return true;
    }

    private static bool Works(IOperation operation)
    {
        switch (operation)
        {
            case ILocalFunctionOperation:
                return false;
            case IAwaitOperation { Operation: IPropertyReferenceOperation { Property.Name: "CompletedTask" } or IInvocationOperation { TargetMethod: { Name: "Delay" or "Yield", ContainingType.Name: "Task" } } }:
                return false;
            case IAwaitOperation:
                return true;
            case IInvocationOperation call when Calls.Works(call):
                return true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (Works(child))
            {
                return true;
            }
        }

        return false;
    }
}
