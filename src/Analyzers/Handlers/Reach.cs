using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>
/// What a body does outside the process, itself and through the methods of the project that it calls, down to <see cref="Depth"/> calls. A call is followed
/// when it is clear which method runs: a static or non-virtual method with a body in the project, or the method of an interface that one class of the
/// project implements.
/// </summary>
internal sealed class Reach
{
    /// <summary>How many calls down is looked. docs/rules/README.md says so too.</summary>
    public const int Depth = 3;

    private static readonly ConditionalWeakTable<Compilation, Reach> Cache = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<IMethodSymbol, BodyFacts?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConditionalWeakTable<BodyFacts, List<ExternalCall>> _reached = new();
    private readonly Lazy<ImmutableDictionary<ISymbol, INamedTypeSymbol?>> _implementations;

    private Reach(Compilation compilation)
    {
        _compilation = compilation;
        _implementations = new(FindImplementations);
    }

    /// <summary>The reach of a compilation's methods.</summary>
    public static Reach Of(Compilation compilation) => Cache.TryGetValue(compilation, out var known) ? known : Cache.GetValue(compilation, static key => new Reach(key));

    /// <summary>The calls that leave the process, in source order of the nodes of the asked body.</summary>
    public IReadOnlyList<ExternalCall> From(BodyFacts body, CancellationToken cancellationToken)
    {
        if (_reached.TryGetValue(body, out var known))
        {
            return known;
        }

        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var found = new List<ExternalCall>();
        foreach (var call in body.Calls)
        {
            Follow(call, call.Syntax, null, Depth, seen, found, cancellationToken);
            seen.Clear();
        }

        return _reached.GetValue(body, _ => found);
    }

    /// <summary>The body of a method of the project, or <see langword="null"/> when it has none there.</summary>
    public BodyFacts? BodyOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        method = method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
        if (_bodies.TryGetValue(method, out var known))
        {
            return known;
        }

        BodyFacts? body = null;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var model = _models.GetOrAdd(syntax.SyntaxTree, tree => _compilation.GetSemanticModel(tree));
            if (model.GetOperation(syntax, cancellationToken) is { } operation)
            {
                body = BodyFacts.Of(ImmutableArray.Create(operation));
            }
        }

        _bodies.TryAdd(method, body);
        return body;
    }

    /// <summary>The method of the project that a call runs, as far as that is clear.</summary>
    public IMethodSymbol? TargetOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (method.MethodKind != MethodKind.Ordinary)
        {
            return null; // what local functions call is among the calls of the body that they stand in
        }

        if (method.ContainingType is { TypeKind: TypeKind.Interface } contract)
        {
            return contract.DeclaringSyntaxReferences.Length > 0 && _implementations.Value.TryGetValue(contract.OriginalDefinition, out var type) && type is not null
                ? ImplementationOf(method.OriginalDefinition, contract.OriginalDefinition, type)
                : null;
        }

        return method.DeclaringSyntaxReferences.Length > 0 && (!call.IsVirtual || method.ContainingType.IsSealed) && !IsLogMessage(method) ? method : null;
    }

    // What a generator writes for [LoggerMessage] is long, everywhere, and calls nothing outside.
    private static bool IsLogMessage(IMethodSymbol method)
    {
        if (method.PartialImplementationPart is null && method.PartialDefinitionPart is null)
        {
            return false;
        }

        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "LoggerMessageAttribute")
            {
                return true;
            }
        }

        return false;
    }

    // A type implements a generic interface as constructed, IStore<Order>, whose members are not those of IStore<T>.
    private static IMethodSymbol? ImplementationOf(IMethodSymbol member, INamedTypeSymbol contract, INamedTypeSymbol type)
    {
        foreach (var candidate in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, contract))
            {
                foreach (var constructed in candidate.GetMembers(member.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(constructed.OriginalDefinition, member))
                    {
                        return type.FindImplementationForInterfaceMember(constructed) as IMethodSymbol;
                    }
                }
            }
        }

        return null;
    }

    private void Follow(IInvocationOperation call, SyntaxNode at, string? through, int depth, HashSet<IMethodSymbol> seen, List<ExternalCall> found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ExternalCalls.Classify(call) is { } kind)
        {
            found.Add(new ExternalCall(kind, ExternalCalls.NameOf(call), call, at, through));
        }
        else if (depth > 0 && TargetOf(call) is { } target && seen.Add(target) && BodyOf(target, cancellationToken) is { } body)
        {
            through ??= $"{target.ContainingType.Name}.{target.Name}";
            foreach (var inner in body.Calls)
            {
                Follow(inner, at, through, depth - 1, seen, found, cancellationToken);
            }
        }
    }

    // The classes of the project by the interfaces of the project that they implement; null where there are several.
    private ImmutableDictionary<ISymbol, INamedTypeSymbol?> FindImplementations()
    {
        var found = ImmutableDictionary.CreateBuilder<ISymbol, INamedTypeSymbol?>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(_compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                }

                if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type && Declarations.HasBases(type))
                {
                    foreach (var contract in type.AllInterfaces)
                    {
                        if (contract.DeclaringSyntaxReferences.Length > 0)
                        {
                            var key = contract.OriginalDefinition;
                            found[key] = found.ContainsKey(key) ? null : type;
                        }
                    }
                }
            }
        }

        return found.ToImmutable();
    }
}
