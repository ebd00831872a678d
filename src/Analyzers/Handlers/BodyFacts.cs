using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>
/// What is in a body, sorted by what rules ask for, in source order. A body is walked once, whatever the number of rules: lambdas and local
/// functions in it are part of it.
/// </summary>
internal sealed class BodyFacts
{
    private static readonly ConditionalWeakTable<IOperation, BodyFacts> Cache = new();

    private BodyFacts(ImmutableArray<IOperation> roots) => Roots = roots;

    /// <summary>The operations that the body is: its block, and the initializers of a constructor.</summary>
    public ImmutableArray<IOperation> Roots { get; }

    /// <summary>The calls.</summary>
    public List<IInvocationOperation> Calls { get; } = [];

    /// <summary>The objects that are made by name of their type.</summary>
    public List<IObjectCreationOperation> Creations { get; } = [];

    /// <summary>What is written to: the left sides of assignments, what is incremented and decremented. Not the right sides of <c>ref</c> and <c>out</c>.</summary>
    public List<IOperation> Written { get; } = [];

    /// <summary>The fields and properties that are used, read or written.</summary>
    public List<IMemberReferenceOperation> Members { get; } = [];

    /// <summary>The loops.</summary>
    public List<ILoopOperation> Loops { get; } = [];

    /// <summary>The catches.</summary>
    public List<ICatchClauseOperation> Catches { get; } = [];

    /// <summary>The <c>lock</c> statements.</summary>
    public List<ILockOperation> Locks { get; } = [];

    /// <summary>The awaited expressions.</summary>
    public List<IAwaitOperation> Awaits { get; } = [];

    /// <summary>What is returned, from the body and from lambdas in it.</summary>
    public List<IReturnOperation> Returns { get; } = [];

    /// <summary>The expressions that are statements.</summary>
    public List<IExpressionStatementOperation> Statements { get; } = [];

    /// <summary>The lambdas.</summary>
    public List<IAnonymousFunctionOperation> Lambdas { get; } = [];

    /// <summary>The local functions.</summary>
    public List<ILocalFunctionOperation> LocalFunctions { get; } = [];

    /// <summary>The literals that are text.</summary>
    public List<ILiteralOperation> Texts { get; } = [];

    /// <summary>What is in a body.</summary>
    public static BodyFacts Of(ImmutableArray<IOperation> roots)
    {
        if (!Cache.TryGetValue(roots[0], out var known))
        {
            var built = new BodyFacts(roots);
            foreach (var root in roots)
            {
                built.Walk(root);
            }

            known = Cache.GetValue(roots[0], _ => built);
        }

        return known;
    }

    private void Walk(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                Calls.Add(call);
                break;
            case IObjectCreationOperation creation:
                Creations.Add(creation);
                break;
            case IAssignmentOperation assignment:
                Written.Add(assignment.Target);
                break;
            case IIncrementOrDecrementOperation increment:
                Written.Add(increment.Target);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                Members.Add((IMemberReferenceOperation)operation);
                break;
            case ILoopOperation loop:
                Loops.Add(loop);
                break;
            case ICatchClauseOperation clause:
                Catches.Add(clause);
                break;
            case ILockOperation locked:
                Locks.Add(locked);
                break;
            case IAwaitOperation awaited:
                Awaits.Add(awaited);
                break;
            case IReturnOperation returned:
                Returns.Add(returned);
                break;
            case IExpressionStatementOperation statement:
                Statements.Add(statement);
                break;
            case IAnonymousFunctionOperation lambda:
                Lambdas.Add(lambda);
                break;
            case ILocalFunctionOperation function:
                LocalFunctions.Add(function);
                break;
            case ILiteralOperation { ConstantValue: { HasValue: true, Value: string } } text:
                Texts.Add(text);
                break;
            default:
                break;
        }

        foreach (var child in operation.ChildOperations)
        {
            Walk(child);
        }
    }
}
