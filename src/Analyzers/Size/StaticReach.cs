using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Size;

/// <summary>
/// The types of the project whose static initializers run because handler code uses them, down to <see cref="Reach.Depth"/> calls. Built only when a
/// static initializer does what it should not, which is seldom.
/// </summary>
internal sealed class StaticReach
{
    private static readonly ConditionalWeakTable<Compilation, StaticReach> Cache = new();

    private readonly HashSet<INamedTypeSymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, int> _seen = new(SymbolEqualityComparer.Default);

    private StaticReach()
    {
    }

    /// <summary>Whether handler code uses the type.</summary>
    public static bool Contains(Compilation compilation, KnownTypes types, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!Cache.TryGetValue(compilation, out var reach))
        {
            var built = Build(compilation, types, cancellationToken);
            reach = Cache.GetValue(compilation, _ => built);
        }

        return reach._types.Contains(type.OriginalDefinition);
    }

    private static StaticReach Build(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
    {
        var reach = new StaticReach();
        var code = HandlerCode.Of(compilation, types);
        var bodies = Reach.Of(compilation);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var container = pending.Pop();
            var isHandler = container is INamedTypeSymbol type && code.ClassOf(type, cancellationToken) is not null;
            foreach (var member in container.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                }
                else if (isHandler && member is IMethodSymbol method)
                {
                    reach.Follow(method, Reach.Depth, bodies, cancellationToken);
                }
            }
        }

        return reach;
    }

    private void Follow(IMethodSymbol method, int depth, Reach bodies, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((_seen.TryGetValue(method, out var before) && before >= depth) || bodies.BodyOf(method, cancellationToken) is not { } body)
        {
            return;
        }

        _seen[method] = depth;
        foreach (var member in body.Members)
        {
            if (member.Member.IsStatic)
            {
                Add(member.Member.ContainingType);
            }
        }

        foreach (var creation in body.Creations)
        {
            Add(creation.Type as INamedTypeSymbol);
        }

        foreach (var call in body.Calls)
        {
            if (bodies.TargetOf(call) is { } target)
            {
                Add(target.ContainingType);
                if (depth > 0)
                {
                    Follow(target, depth - 1, bodies, cancellationToken);
                }
            }
        }
    }

    private void Add(INamedTypeSymbol? type)
    {
        if (type is { DeclaringSyntaxReferences.Length: > 0 })
        {
            _types.Add(type.OriginalDefinition);
        }
    }
}
