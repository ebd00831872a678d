using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.State;

/// <summary>The changes of state that matter: not those that make a value once, nor those of a thread or of a cache with a bound.</summary>
internal static class HandlerState
{
    private static readonly List<StateChange> None = [];

    /// <summary>The changes that a body makes of the fields and properties of its own object, and of static ones.</summary>
    public static List<StateChange> ChangesOf(BodyFacts body)
    {
        if (body.Written.Count == 0 && body.Members.Count == 0 && body.Calls.Count == 0)
        {
            return None;
        }

        var changes = new List<StateChange>();
        StateChange.Collect(body, changes);
        if (changes.Count > 0)
        {
            changes.RemoveAll(change => (!change.IsStatic && !change.IsOwn) || change.IsLazy() || (change.IsStatic && (IsPerThread(change.Member) || (change.IsContent && IsBounded(change.Member, body)))));
        }

        return changes;
    }

    private static bool IsPerThread(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "ThreadStaticAttribute")
            {
                return true;
            }
        }

        return false;
    }

    // A cache that asks how many it holds has a bound.
    private static bool IsBounded(ISymbol member, BodyFacts body)
    {
        foreach (var use in body.Members)
        {
            if (use is IPropertyReferenceOperation { Property.Name: "Count", Instance: IMemberReferenceOperation collection } && SymbolEqualityComparer.Default.Equals(collection.Member, member))
            {
                return true;
            }
        }

        return false;
    }
}
