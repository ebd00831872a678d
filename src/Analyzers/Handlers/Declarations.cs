using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Analyzers.Handlers;

/// <summary>What the syntax of a declaration says, which is cheaper than what its symbol says.</summary>
internal static class Declarations
{
    /// <summary>Whether a method may have attributes. Binding those of every method would cost far more than this look.</summary>
    public static bool HasAttributes(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax { AttributeLists.Count: > 0 })
            {
                return true;
            }
        }

        // The attributes of a partial method may stand on its other part.
        return method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null;
    }

    /// <summary>Whether a type has attributes.</summary>
    public static bool HasAttributes(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is MemberDeclarationSyntax { AttributeLists.Count: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type names a base class or interface.</summary>
    public static bool HasBases(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is TypeDeclarationSyntax { BaseList: not null })
            {
                return true;
            }
        }

        return false;
    }
}
