using Microsoft.CodeAnalysis;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.State;

/// <summary>
/// The members of a class that its workflows and steps have in common. A workflow that uses one itself is rejected by its reader (PORT703, PORT704); what steps hand each other is PORT109's;
/// all other state is PORT101's and PORT102's.
/// </summary>
internal static class WorkflowState
{
    /// <summary>Whether PORT101 and PORT102 leave a member to the rules of workflows.</summary>
    public static bool IsTheirs(ISymbol member, HandlerBody body) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, body.Class.Type) && HasWorkflow(body.Class) && (IsUsedByWorkflow(member, body) || ReaderOf(member, body) is not null);

    /// <summary>Whether a class declares a workflow.</summary>
    public static bool HasWorkflow(HandlerClass type)
    {
        foreach (var handler in type.Handlers)
        {
            if (handler.Value == HandlerKind.Workflow)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a workflow of the class uses a member of it.</summary>
    public static bool IsUsedByWorkflow(ISymbol member, HandlerBody body) => UserOf(member, body, HandlerKind.Workflow) is not null;

    /// <summary>The step of the class, other than the body's own, that uses a member of it.</summary>
    public static ISymbol? ReaderOf(ISymbol member, HandlerBody body) => UserOf(member, body, HandlerKind.Step);

    private static ISymbol? UserOf(ISymbol member, HandlerBody body, HandlerKind kind)
    {
        foreach (var handler in body.Class.Handlers)
        {
            if (handler.Value != kind || SymbolEqualityComparer.Default.Equals(handler.Key, body.Member)
                || Reach.Of(body.Context.Compilation).BodyOf((IMethodSymbol)handler.Key, body.Context.CancellationToken) is not { } other)
            {
                continue;
            }

            foreach (var used in other.Members)
            {
                if (SymbolEqualityComparer.Default.Equals(used.Member, member))
                {
                    return handler.Key;
                }
            }
        }

        return null;
    }
}
