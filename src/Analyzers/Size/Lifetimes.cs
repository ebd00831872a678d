using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Size;

/// <summary>Tells of an object that a body makes whether it outlives the call, and whether it could have been made before it. Asked only of the few objects that rules look at.</summary>
internal static class Lifetimes
{
    private const int MaxSteps = 6;

    /// <summary>Whether a made object is kept: written to a member, handed to the caller or to something that is kept. In doubt it is.</summary>
    public static bool IsKept(IOperation made, BodyFacts code, int steps = MaxSteps)
    {
        if (steps == 0)
        {
            return true;
        }

        for (var current = made; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation or IConditionalOperation:
                    continue;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target }:
                    return IsKept(target.Local, code, steps - 1);
                case IAssignmentOperation or IReturnOperation:
                    return true;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return IsKept(declarator.Symbol, code, steps - 1);
                case IArgumentOperation { Parent: IObjectCreationOperation outer }:
                    return IsKept(outer, code, steps - 1);
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return IsKeptBy(call) || (HandsOn(call) && IsKept(call, code, steps - 1));
                case IInvocationOperation call:
                    return HandsOn(call) && IsKept(call, code, steps - 1);
                case IExpressionStatementOperation or IUsingOperation or IMemberReferenceOperation or IConditionalAccessOperation:
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    /// <summary>Whether a value needs what only the invocation knows: its parameters, or what it has awaited. In doubt it does.</summary>
    public static bool NeedsInvocation(IOperation value, CancellationToken cancellationToken, int steps = MaxSteps)
    {
        switch (value)
        {
            case IAwaitOperation:
                return true;

            // Parameters of the constructor are services.
            case IParameterReferenceOperation { Parameter.ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } }:
                return true;
            case ILocalReferenceOperation { Local: var local }:
                return steps == 0 || InitializerOf(local, value, cancellationToken) is not { } initializer || NeedsInvocation(initializer, cancellationToken, steps - 1);
            default:
                foreach (var child in value.ChildOperations)
                {
                    if (NeedsInvocation(child, cancellationToken, steps))
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    /// <summary>What a local variable is made with.</summary>
    public static IOperation? InitializerOf(ILocalSymbol local, IOperation use, CancellationToken cancellationToken) =>
        local.DeclaringSyntaxReferences is [var declared]
        && use.SemanticModel is { } model
        && model.SyntaxTree == declared.SyntaxTree
        && model.GetOperation(declared.GetSyntax(cancellationToken), cancellationToken) is IVariableDeclaratorOperation { Initializer.Value: { } value }
            ? value
            : null;

    private static bool IsKept(ILocalSymbol local, BodyFacts code, int steps)
    {
        foreach (var target in code.Written)
        {
            if (target is not ILocalReferenceOperation && target.Parent is IAssignmentOperation assignment && assignment.Target == target && IsThe(local, assignment.Value))
            {
                return true;
            }
        }

        foreach (var returned in code.Returns)
        {
            if (returned.ReturnedValue is { } value && IsThe(local, value))
            {
                return true;
            }
        }

        foreach (var call in code.Calls)
        {
            var hands = call.Instance is { } instance && IsThe(local, instance);
            foreach (var argument in call.Arguments)
            {
                if (IsThe(local, argument.Value))
                {
                    if (IsKeptBy(call))
                    {
                        return true;
                    }

                    hands = true;
                }
            }

            if (hands && HandsOn(call) && IsKept(call, code, steps))
            {
                return true;
            }
        }

        foreach (var creation in code.Creations)
        {
            foreach (var argument in creation.Arguments)
            {
                if (IsThe(local, argument.Value) && IsKept(creation, code, steps))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsThe(ILocalSymbol local, IOperation value) =>
        Clients.Bare(value) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    // cache.Add(key, client), Clients.TryAdd(key, client), Volatile.Write(ref _client, client)
    private static bool IsKeptBy(IInvocationOperation call)
    {
        if (call.Instance is IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            return true;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out })
            {
                return true;
            }
        }

        return false;
    }

    // new MongoClient(...).GetDatabase("shop") is as good as the client; what a client is asked for is not.
    private static bool HandsOn(IInvocationOperation call) => call.Type is { IsReferenceType: true, ContainingNamespace: { IsGlobalNamespace: false } space } && !Clients.IsUnder(space, "System");
}
