using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Limits;

/// <summary>A member of a payload, or of what is in it.</summary>
/// <param name="Path">Where it stands: <c>Order.Lines.Photo</c>; the type's name alone for the payload itself.</param>
/// <param name="Symbol">The property; <see langword="null"/> for the payload itself.</param>
/// <param name="Type">Its type, elements of lists and values of dictionaries taken out.</param>
internal readonly record struct PayloadMember(string Path, IPropertySymbol? Symbol, ITypeSymbol Type);

/// <summary>What the JSON of a payload has in it, as its types say it.</summary>
internal static class PayloadMembers
{
    private const int Depth = 4;

    /// <summary>The payload and the members below it that JSON writes, four levels down. Types of others' assemblies are not looked into.</summary>
    public static IEnumerable<PayloadMember> Of(ITypeSymbol payload)
    {
        var found = new List<PayloadMember>();
        var root = Element(payload);
        Collect(root.Name, null, root, Depth, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default), found);
        return found;
    }

    /// <summary>Whether a symbol has an attribute of System.Text.Json.</summary>
    public static bool HasJson(ISymbol symbol, string name) => Json(symbol, name) is not null;

    /// <summary>The type of what a list, array, dictionary or nullable value holds; bytes stay an array.</summary>
    public static ITypeSymbol Element(ITypeSymbol type)
    {
        while (true)
        {
            switch (type)
            {
                case IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } element }:
                    type = element;
                    break;
                case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] }:
                    type = value;
                    break;
                case INamedTypeSymbol { TypeArguments.Length: 1 or 2 } list when PortableTypes.IsCollectionInterface(list) && list.Name != "IAsyncEnumerable" && list.Name != "KeyValuePair":
                    type = list.TypeArguments[list.TypeArguments.Length - 1];
                    break;
                default:
                    return type;
            }
        }
    }

    private static void Collect(string path, IPropertySymbol? symbol, ITypeSymbol type, int depth, HashSet<ITypeSymbol> seen, List<PayloadMember> found)
    {
        found.Add(new PayloadMember(path, symbol, type));
        if (depth == 0 || type.DeclaringSyntaxReferences.Length == 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || HasJson(type, "JsonConverterAttribute") || !seen.Add(type))
        {
            return;
        }

        for (var current = type; current is { SpecialType: SpecialType.None } && current.DeclaringSyntaxReferences.Length > 0; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property && property.Name != "EqualityContract"
                    && !HasJson(property, "JsonConverterAttribute") && !IsIgnored(property))
                {
                    Collect($"{path}.{property.Name}", property, Element(property.Type), depth - 1, seen, found);
                }
            }
        }
    }

    // [JsonIgnore(Condition = ...)] leaves it out only sometimes.
    private static bool IsIgnored(IPropertySymbol property) => Json(property, "JsonIgnoreAttribute") is { NamedArguments.IsEmpty: true };

    private static AttributeData? Json(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace is { Name: "Serialization", ContainingNamespace.Name: "Json" })
            {
                return attribute;
            }
        }

        return null;
    }
}
