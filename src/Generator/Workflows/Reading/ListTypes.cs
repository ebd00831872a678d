using Microsoft.CodeAnalysis;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The types that are lists to a workflow: what System.Text.Json reads and writes as an array and C# indexes from 0.</summary>
internal static class ListTypes
{
    /// <summary>The type of a list's elements; <see langword="null"/> for anything else.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: not SpecialType.System_Byte } array => array.ElementType, // bytes are a base64 text
        INamedTypeSymbol { TypeArguments.Length: 1 } named when IsList(named) => named.TypeArguments[0],
        _ => null,
    };

    /// <summary>The type of what anything else that is gone through gives: a dictionary's pairs, a set's elements.</summary>
    public static ITypeSymbol? EnumeratedBy(ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Error })
        {
            return null;
        }

        var contracts = type.AllInterfaces.Where(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T).ToList();
        return contracts.Count == 1 ? contracts[0].TypeArguments[0] : null;
    }

    /// <summary>Whether the type is <c>List&lt;T&gt;</c>, whose objects get elements after they were made.</summary>
    public static bool IsGrowing(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "List", TypeArguments.Length: 1, ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } };

    private static bool IsList(INamedTypeSymbol type) => type.OriginalDefinition.SpecialType switch
    {
        SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T or SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IList_T => true,
        _ => IsGrowing(type) || type is { Name: "ImmutableArray", ContainingNamespace: { Name: "Immutable", ContainingNamespace.Name: "Collections" } },
    };
}
