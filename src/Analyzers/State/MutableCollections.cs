using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.State;

/// <summary>Knows the framework's collections whose methods change them. Immutable and frozen ones are none of them.</summary>
internal static class MutableCollections
{
    /// <summary>Whether values of a type are such collections, that something may be added to for ever.</summary>
    public static bool Are(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { ContainingNamespace: { } space } named || named.DeclaringSyntaxReferences.Length > 0)
        {
            return false;
        }

        return space switch
        {
            { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
            { Name: "Generic" or "Concurrent" or "ObjectModel" or "Specialized", ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } => !IsKeyedByCode(named),
            _ => false,
        };
    }

    // The types, methods and enum members of a program are as many as its code has: what is kept for each of them is bounded, and the same in every process.
    private static bool IsKeyedByCode(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 2)
        {
            return false;
        }

        return type.TypeArguments[0] is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean }
            or { Name: "Type", ContainingNamespace.Name: "System" }
            or { Name: "RuntimeTypeHandle", ContainingNamespace.Name: "System" }
            or { ContainingNamespace: { Name: "Reflection", ContainingNamespace.Name: "System" } };
    }
}
