using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.Handlers;

/// <summary>A class that declares functions, steps or workflows. What is written in it is handler code: it runs where the platform may freeze or end it.</summary>
internal sealed class HandlerClass
{
    private readonly ImmutableDictionary<ISymbol, HandlerKind> _kinds;

    private HandlerClass(INamedTypeSymbol type, ImmutableDictionary<ISymbol, HandlerKind> kinds)
    {
        Type = type;
        _kinds = kinds;
    }

    /// <summary>The class.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The methods that are functions, steps and workflows.</summary>
    public IEnumerable<KeyValuePair<ISymbol, HandlerKind>> Handlers => _kinds;

    /// <summary>The class that a type is, if it is one.</summary>
    public static HandlerClass? TryCreate(INamedTypeSymbol type, ImmutableArray<IMethodSymbol> attributed, KnownTypes types)
    {
        ImmutableDictionary<ISymbol, HandlerKind>.Builder? kinds = null;
        foreach (var method in attributed)
        {
            if (KindOf(method, types) is { } kind)
            {
                kinds ??= ImmutableDictionary.CreateBuilder<ISymbol, HandlerKind>(SymbolEqualityComparer.Default);
                kinds[method] = kind;
            }
        }

        return kinds is null ? null : new HandlerClass(type, kinds.ToImmutable());
    }

    /// <summary>What a member of the class is.</summary>
    public HandlerKind KindOf(ISymbol member) => _kinds.TryGetValue(member, out var kind) ? kind : HandlerKind.Helper;

    private static HandlerKind? KindOf(IMethodSymbol method, KnownTypes types)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (Is(attribute, types.Function))
            {
                return HandlerKind.Function;
            }

            if (Is(attribute, types.Step))
            {
                return HandlerKind.Step;
            }

            if (Is(attribute, types.Workflow))
            {
                return HandlerKind.Workflow;
            }
        }

        return null;
    }

    private static bool Is(AttributeData attribute, INamedTypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, type);
}
