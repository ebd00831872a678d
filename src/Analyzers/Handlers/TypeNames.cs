using Microsoft.CodeAnalysis;

namespace Portable.Analyzers.Handlers;

/// <summary>Compares types with names, part by part: no text is made.</summary>
internal static class TypeNames
{
    /// <summary>Whether a type has this name in this namespace.</summary>
    public static bool Is(ITypeSymbol? type, string space, string name) => type is not null && type.Name == name && IsIn(type.ContainingNamespace, space);

    /// <summary>Whether a namespace is this one.</summary>
    public static bool IsIn(INamespaceSymbol? actual, string space)
    {
        var end = space.Length;
        for (; actual is { IsGlobalNamespace: false }; actual = actual.ContainingNamespace)
        {
            var start = end - actual.Name.Length;
            if (start < 0 || string.CompareOrdinal(space, start, actual.Name, 0, actual.Name.Length) != 0)
            {
                return false;
            }

            if (start == 0)
            {
                return actual.ContainingNamespace is null or { IsGlobalNamespace: true };
            }

            if (space[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }

    /// <summary>Whether a namespace is this one or within it.</summary>
    public static bool IsUnder(INamespaceSymbol? actual, string space)
    {
        for (; actual is { IsGlobalNamespace: false }; actual = actual.ContainingNamespace)
        {
            if (IsIn(actual, space))
            {
                return true;
            }
        }

        return false;
    }
}
