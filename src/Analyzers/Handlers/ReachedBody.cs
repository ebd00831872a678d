using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>The body of a method of the project that handler code calls.</summary>
/// <param name="Method">The method.</param>
/// <param name="Code">What is in its body.</param>
/// <param name="At">The node of the asked body through which it is called.</param>
/// <param name="IsGuarded">Whether somewhere on the way a failure is caught.</param>
internal readonly record struct ReachedBody(IMethodSymbol Method, BodyFacts Code, SyntaxNode At, bool IsGuarded)
{
    private static readonly ConditionalWeakTable<BodyFacts, List<ReachedBody>> Cache = new();

    /// <summary>The bodies that a body calls, directly and through others, down to <see cref="Reach.Depth"/> calls. Found once for all rules.</summary>
    public static List<ReachedBody> From(Reach reach, BodyFacts body, CancellationToken cancellationToken)
    {
        if (!Cache.TryGetValue(body, out var known))
        {
            var built = Find(reach, body, cancellationToken);
            known = Cache.GetValue(body, _ => built);
        }

        return known;
    }

    private static List<ReachedBody> Find(Reach reach, BodyFacts body, CancellationToken cancellationToken)
    {
        var found = new List<ReachedBody>();
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var call in body.Calls)
        {
            Follow(reach, call, call.Syntax, false, Reach.Depth, seen, found, cancellationToken);
            seen.Clear();
        }

        return found;
    }

    /// <summary>Whether a failure of an operation is caught in the body that it stands in, and not only thrown on.</summary>
    public static bool IsCaught(IOperation operation)
    {
        for (IOperation? inner = operation, outer = operation.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is ITryOperation { Catches.Length: > 0 } attempt && ReferenceEquals(attempt.Body, inner))
            {
                foreach (var clause in attempt.Catches)
                {
                    if (clause.Handler.Operations is not [.., IThrowOperation { Exception: null }] && clause.Handler.Operations is not [.., IExpressionStatementOperation { Operation: IThrowOperation { Exception: null } }])
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static void Follow(Reach reach, IInvocationOperation call, SyntaxNode at, bool isGuarded, int depth, HashSet<IMethodSymbol> seen, List<ReachedBody> found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (depth > 0 && reach.TargetOf(call) is { } target && seen.Add(target) && reach.BodyOf(target, cancellationToken) is { } code)
        {
            isGuarded = isGuarded || IsCaught(call);
            found.Add(new ReachedBody(target, code, at, isGuarded));
            foreach (var inner in code.Calls)
            {
                Follow(reach, inner, at, isGuarded, depth - 1, seen, found, cancellationToken);
            }
        }
    }
}
