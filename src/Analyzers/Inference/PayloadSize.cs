using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.Inference;

/// <summary>How large the JSON of a payload may be, as far as its validation attributes say it.</summary>
internal static class PayloadSize
{
    /// <summary>The sum of what the members of a type may have: characters of texts, and base64 of bytes. 0 where nothing is said.</summary>
    public static long MostBytes(ITypeSymbol type)
    {
        long most = 0;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } property)
            {
                most += MostOf(property.Type, property) is > 0 and var stated ? stated : MostOfParameter(type, property);
            }
        }

        return most;
    }

    // The attributes of a positional record stand on its constructor's parameters.
    private static long MostOfParameter(ITypeSymbol type, IPropertySymbol property)
    {
        if (type is not INamedTypeSymbol named)
        {
            return 0;
        }

        foreach (var constructor in named.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && MostOf(parameter.Type, parameter) is > 0 and var stated)
                {
                    return stated;
                }
            }
        }

        return 0;
    }

    private static long MostOf(ITypeSymbol type, ISymbol member)
    {
        var isBytes = type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };
        if (!isBytes && type.SpecialType != SpecialType.System_String)
        {
            return 0;
        }

        foreach (var attribute in member.GetAttributes())
        {
            var length = attribute.AttributeClass?.Name switch
            {
                "MaxLengthAttribute" or "StringLengthAttribute" when attribute.ConstructorArguments is [{ Value: int value }, ..] => value,
                "LengthAttribute" when attribute.ConstructorArguments is [_, { Value: int value }] => value,
                _ => 0,
            };
            if (length > 0)
            {
                return isBytes ? (length + 2L) / 3 * 4 : length;
            }
        }

        return 0;
    }
}
