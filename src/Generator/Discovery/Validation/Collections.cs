using Microsoft.CodeAnalysis;

namespace Portable.Generator.Discovery.Validation;

/// <summary>What JSON writes as an array, and what as an object of keys.</summary>
internal static class Collections
{
    /// <summary>The type of the elements, or of the values of a dictionary; <see langword="null"/> for what is neither.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type, out bool isDictionary)
    {
        isDictionary = false;
        if (type is IArrayTypeSymbol array)
        {
            return array.Rank == 1 ? array.ElementType : null;
        }

        if (type.SpecialType == SpecialType.System_String || type is not INamedTypeSymbol named)
        {
            return null;
        }

        ITypeSymbol? element = null;
        foreach (var contract in named.TypeKind == TypeKind.Interface ? named.AllInterfaces.Insert(0, named) : named.AllInterfaces)
        {
            if (contract is { Name: "IDictionary" or "IReadOnlyDictionary", TypeArguments.Length: 2 })
            {
                isDictionary = true;
                return contract.TypeArguments[1];
            }

            if (contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            {
                element ??= contract.TypeArguments[0];
            }
        }

        return element;
    }
}
