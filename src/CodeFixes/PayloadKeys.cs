using Microsoft.CodeAnalysis;

namespace Portable.CodeFixes;

/// <summary>The member of a payload that obviously identifies it.</summary>
internal static class PayloadKeys
{
    /// <summary>
    /// <c>Id</c>, else the one member that is called after the payload, as <c>OrderId</c> of <c>Order</c> or <c>OrderPlaced</c>; <see langword="null"/> where there
    /// is none, or one whose type can be no key or may be null.
    /// </summary>
    public static string? ObviousOf(ITypeSymbol payload, Compilation compilation)
    {
        IPropertySymbol? found = null;
        for (var level = payload; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null } property
                    && compilation.IsSymbolAccessibleWithin(property, compilation.Assembly)
                    && (property.Name == "Id" || IsCalledAfter(property.Name, payload.Name)))
                {
                    if (property.Name == "Id")
                    {
                        return IsKey(property.Type) ? "Id" : null;
                    }

                    if (found is not null && found.Name != property.Name)
                    {
                        return null; // two that could be meant
                    }

                    found = property;
                }
            }
        }

        return found is not null && IsKey(found.Type) ? found.Name : null;
    }

    private static bool IsCalledAfter(string member, string payload) =>
        member.Length > 2 && member.EndsWith("Id", StringComparison.Ordinal) && payload.StartsWith(member.Substring(0, member.Length - 2), StringComparison.Ordinal);

    // Types that both functions and steps take as keys (IdempotencyParser, StepKey).
    private static bool IsKey(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => type.NullableAnnotation != NullableAnnotation.Annotated,
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => true,
        _ => type is { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } },
    };
}
