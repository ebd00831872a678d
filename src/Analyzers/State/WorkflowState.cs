using Microsoft.CodeAnalysis;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.State;

/// <summary>The members of a class that its workflows use: PORT109 speaks of those, and PORT101 does not.</summary>
internal static class WorkflowState
{
    /// <summary>Whether a workflow of the class reads or writes a member of it.</summary>
    public static bool IsUsedByWorkflow(ISymbol member, HandlerBody body)
    {
        foreach (var handler in body.Class.Handlers)
        {
            if (handler.Value == HandlerKind.Workflow && Reach.Of(body.Context.Compilation).BodyOf((IMethodSymbol)handler.Key, body.Context.CancellationToken) is { } workflow)
            {
                foreach (var used in workflow.Members)
                {
                    if (SymbolEqualityComparer.Default.Equals(used.Member, member))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
