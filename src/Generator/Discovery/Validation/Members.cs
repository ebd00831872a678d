using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Portable.Generator.Discovery.Validation;

/// <summary>The members of a type that JSON reads, with their attributes.</summary>
internal static class Members
{
    /// <summary>The public properties, inherited ones included, each with the attributes of the record's parameter that it stems from.</summary>
    public static IEnumerable<Member> Of(ITypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (ITypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property
                    && seen.Add(property.Name) && !IsIgnored(property))
                {
                    yield return new Member(property, AttributesOf(property, current));
                }
            }
        }
    }

    /// <summary>The types that <c>[JsonDerivedType]</c> names, those that derive from others of them first.</summary>
    public static ImmutableArray<INamedTypeSymbol> DerivedFrom(ITypeSymbol type) =>
        type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute")
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)
            .OfType<INamedTypeSymbol>()
            .Where(derived => !SymbolEqualityComparer.Default.Equals(derived, type))
            .OrderByDescending(Depth)
            .ToImmutableArray();

    private static int Depth(ITypeSymbol type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    private static ImmutableArray<AttributeData> AttributesOf(IPropertySymbol property, ITypeSymbol type)
    {
        var own = property.GetAttributes();
        for (var overridden = property.OverriddenProperty; overridden is not null; overridden = overridden.OverriddenProperty)
        {
            own = own.AddRange(overridden.GetAttributes());
        }

        if (type is not INamedTypeSymbol { IsRecord: true } record)
        {
            return own;
        }

        foreach (var constructor in record.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))
                {
                    return own.AddRange(parameter.GetAttributes());
                }
            }
        }

        return own;
    }

    private static bool IsIgnored(IPropertySymbol property) => property.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name == "JsonIgnoreAttribute" && attribute.NamedArguments.All(static argument => argument.Key != "Condition" || argument.Value.Value is 1)); // 1: Always

    /// <summary>A property and what holds for it.</summary>
    internal readonly record struct Member(IPropertySymbol Property, ImmutableArray<AttributeData> Attributes);
}
