using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.Analyzers.Handlers;

/// <summary>What of a compilation is handler code, and what its functions declare: read once, when the first rule asks, and shared by all rules.</summary>
internal sealed class HandlerCode
{
    private static readonly ConditionalWeakTable<Compilation, HandlerCode> Cache = new();

    private readonly Compilation _compilation;
    private readonly KnownTypes _types;
    private readonly ConcurrentDictionary<INamedTypeSymbol, HandlerClass?> _classes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<IMethodSymbol>> _attributed = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Parsed<FunctionModel>> _functions = new(SymbolEqualityComparer.Default);

    private HandlerCode(Compilation compilation, KnownTypes types)
    {
        _compilation = compilation;
        _types = types;
    }

    /// <summary>The handler code of a compilation.</summary>
    public static HandlerCode Of(Compilation compilation, KnownTypes types) =>
        Cache.TryGetValue(compilation, out var known) ? known : Cache.GetValue(compilation, key => new HandlerCode(key, types));

    /// <summary>The handler code of a compilation that uses Portable.</summary>
    public static HandlerCode Of(Compilation compilation) =>
        Cache.TryGetValue(compilation, out var known)
            ? known
            : Cache.GetValue(compilation, static key => new HandlerCode(key, KnownTypes.TryCreate(key) ?? throw new InvalidOperationException("The compilation does not use Portable.")));

    /// <summary>The handler class that a type is, or <see langword="null"/>.</summary>
    public HandlerClass? ClassOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!_classes.TryGetValue(type, out var known))
        {
            known = HandlerClass.TryCreate(type, AttributedMethodsOf(type, cancellationToken), _types);
            _classes.TryAdd(type, known);
        }

        return known;
    }

    /// <summary>The methods of a type that have attributes: of most types none, which every rule would otherwise find out again.</summary>
    public ImmutableArray<IMethodSymbol> AttributedMethodsOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (_attributed.TryGetValue(type, out var known))
        {
            return known;
        }

        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && Declarations.HasAttributes(method, cancellationToken))
            {
                found.Add(method);
            }
        }

        var methods = found.ToImmutable();
        _attributed.TryAdd(type, methods);
        return methods;
    }

    /// <summary>What a function declares: its model, or what is wrong with it.</summary>
    public Parsed<FunctionModel> FunctionOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!_functions.TryGetValue(method, out var known))
        {
            known = FunctionParser.Parse(method, _compilation, cancellationToken);
            _functions.TryAdd(method, known);
        }

        return known;
    }
}
