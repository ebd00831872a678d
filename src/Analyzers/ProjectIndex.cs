using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Analyzers;

/// <summary>
/// What a project declares, for the rules that compare declarations with each other. Built at most about once per compilation,
/// when the first rule asks, so that these rules answer while typing and not only at the end of a build.
/// </summary>
internal sealed class ProjectIndex
{
    private static readonly ConditionalWeakTable<Compilation, Slot> Cache = new();

    private ProjectIndex(
        ImmutableArray<Declaration> functions,
        ImmutableArray<Declaration> workflows,
        ImmutableArray<INamedTypeSymbol> startups,
        EquatableArray<JsonContextModel> jsonContexts)
    {
        Functions = functions;
        Workflows = workflows;
        Startups = startups;
        JsonContexts = jsonContexts;
    }

    /// <summary>The functions, in source order.</summary>
    public ImmutableArray<Declaration> Functions { get; }

    /// <summary>The workflows, in source order.</summary>
    public ImmutableArray<Declaration> Workflows { get; }

    /// <summary>The classes with <c>[Startup]</c>, in source order.</summary>
    public ImmutableArray<INamedTypeSymbol> Startups { get; }

    /// <summary>The <c>JsonSerializerContext</c> classes, by name.</summary>
    public EquatableArray<JsonContextModel> JsonContexts { get; }

    /// <summary>The index of a compilation.</summary>
    public static ProjectIndex Of(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
    {
        // Rules ask at the same moment, from several threads: one builds, the others wait, and cancellation leaves nothing behind.
        var slot = Cache.GetValue(compilation, static _ => new Slot());
        lock (slot)
        {
            return slot.Index ??= Build(compilation, types, cancellationToken);
        }
    }

    private static ProjectIndex Build(Compilation compilation, KnownTypes types, CancellationToken cancellationToken)
    {
        var functions = new List<Declaration>();
        var workflows = new List<Declaration>();
        var startups = new List<INamedTypeSymbol>();
        var contexts = new List<JsonContextModel>();
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var container = pending.Pop();
            if (container is INamedTypeSymbol { TypeKind: TypeKind.Class } type)
            {
                if (Declarations.HasAttributes(type) && KnownTypes.Find(type, types.Startup) is not null)
                {
                    startups.Add(type);
                }

                if (Declarations.HasBases(type) && JsonContextParser.Parse(type, cancellationToken) is { } context)
                {
                    contexts.Add(context);
                }
            }

            foreach (var member in container.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                }
                else if (member is IMethodSymbol method && Declarations.HasAttributes(method, cancellationToken))
                {
                    if (KnownTypes.Find(method, types.Function) is { } function)
                    {
                        functions.Add(Declaration.Create(method, function, method.Name, cancellationToken));
                    }

                    if (KnownTypes.Find(method, types.Workflow) is { } workflow)
                    {
                        workflows.Add(Declaration.Create(method, workflow, "", cancellationToken));
                    }
                }
            }
        }

        return new ProjectIndex(
            functions.OrderBy(d => d.Location, SourceOrder.Instance).ToImmutableArray(),
            workflows.OrderBy(d => d.Location, SourceOrder.Instance).ToImmutableArray(),
            startups.OrderBy(t => t.Locations[0], SourceOrder.Instance).ToImmutableArray(),
            contexts.OrderBy(c => c.FullName, StringComparer.Ordinal).ToEquatableArray());
    }

    /// <summary>A function or workflow by its name.</summary>
    /// <param name="Name">The name; empty while it is being typed.</param>
    /// <param name="Method">The method.</param>
    /// <param name="Location">Where the name stands: the attribute's argument, else the method's name.</param>
    public sealed record Declaration(string Name, IMethodSymbol Method, Location Location)
    {
        /// <summary>The method as messages name it.</summary>
        public string Display => $"{Method.ContainingType.Name}.{Method.Name}";

        public static Declaration Create(IMethodSymbol method, AttributeData attribute, string defaultName, CancellationToken cancellationToken)
        {
            var stated = attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0].Value as string : null;
            var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
            var argument = stated is null ? null : syntax?.ArgumentList?.Arguments.FirstOrDefault();
            return new Declaration(stated ?? defaultName, method, argument?.GetLocation() ?? method.Locations[0]);
        }
    }

    /// <summary>Where the index of a compilation is kept once it is built.</summary>
    private sealed class Slot
    {
        public ProjectIndex? Index { get; set; }
    }

    private sealed class SourceOrder : IComparer<Location>
    {
        public static SourceOrder Instance { get; } = new();

        public int Compare(Location x, Location y)
        {
            var path = string.CompareOrdinal(x.SourceTree?.FilePath, y.SourceTree?.FilePath);
            return path != 0 ? path : x.SourceSpan.Start.CompareTo(y.SourceSpan.Start);
        }
    }
}
