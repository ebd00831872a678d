using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// What the project's <c>JsonSerializerContext</c> classes say about results. How a context names members can wait until a workflow has been read
/// (see <see cref="Ir.JsonNames"/>); which ones it leaves out cannot, for it decides what is native and what needs a step.
/// </summary>
internal static class JsonContracts
{
    private static readonly ConditionalWeakTable<Compilation, JsonIndex> Cache = new();

    /// <summary>Whether JSON of the type, as its context writes it, may lack members that are no null.</summary>
    public static bool LeavesOutDefaults(TypeRef type, Compilation compilation, CancellationToken cancellationToken) =>
        JsonTypes.NeedsContext(type.Underlying) && IndexOf(compilation, cancellationToken) is var index && (index.ContextOf(type) ?? index.ContextOf(type.Underlying)) is { LeavesOutDefaults: true };

    /// <summary>Lets a compilation that only adds bodies know what the one that it was made from knows: the contexts are the same.</summary>
    public static void Share(Compilation from, Compilation with, CancellationToken cancellationToken)
    {
        var index = IndexOf(from, cancellationToken);
        _ = Cache.GetValue(with, _ => index);
    }

    private static JsonIndex IndexOf(Compilation compilation, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(compilation, out var known))
        {
            return known;
        }

        // Cancellation leaves nothing behind.
        var built = new JsonIndex(Contexts(compilation.Assembly.GlobalNamespace, cancellationToken).ToEquatableArray());
        return Cache.GetValue(compilation, _ => built);
    }

    private static IEnumerable<JsonContextModel> Contexts(INamespaceOrTypeSymbol root, CancellationToken cancellationToken)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var container = pending.Pop();
            if (container is INamedTypeSymbol { TypeKind: TypeKind.Class } type && HasAttributeLists(type, cancellationToken) && JsonContextParser.Parse(type, cancellationToken) is { } context)
            {
                yield return context;
            }

            foreach (var member in container is INamespaceSymbol space ? space.GetMembers() : ((INamedTypeSymbol)container).GetTypeMembers().CastArray<INamespaceOrTypeSymbol>())
            {
                pending.Push(member);
            }
        }
    }

    // Most classes have none, and this look at the syntax costs far less than binding their base types.
    private static bool HasAttributeLists(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { AttributeLists.Count: > 0 })
            {
                return true;
            }
        }

        return false;
    }
}
