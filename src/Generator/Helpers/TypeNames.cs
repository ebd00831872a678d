using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portable.Generator.Helpers;

/// <summary>
/// Names of types and namespaces as emitted code writes them. They are asked for at every keystroke for every parameter of every
/// handler, so the common cases are put together here; Roslyn's own display, which knows all cases, allocates a kilobyte per name.
/// </summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    [ThreadStatic]
    private static StringBuilder? _builder;

    /// <summary>The name with <c>global::</c>, without the nullability of references.</summary>
    public static string Of(ITypeSymbol type)
    {
        if (Keyword(type.SpecialType) is { } keyword)
        {
            return keyword;
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && Keyword(nullable.TypeArguments[0].SpecialType) is { } inner)
        {
            return inner + "?";
        }

        var builder = _builder ??= new StringBuilder(128);
        builder.Clear().Append("global::");
        return type is INamedTypeSymbol { SpecialType: SpecialType.None, IsTupleType: false } named && Append(builder, named)
            ? builder.ToString()
            : (type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type).ToDisplayString(Qualified);
    }

    /// <summary>The name of a namespace that is not the global one.</summary>
    public static string Of(INamespaceSymbol space)
    {
        var builder = _builder ??= new StringBuilder(128);
        builder.Clear();
        return Append(builder, space) ? builder.ToString(0, builder.Length - 1) : space.ToDisplayString();
    }

    private static bool Append(StringBuilder builder, INamedTypeSymbol type)
    {
        if (type.Arity > 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Enum or TypeKind.Delegate) || !IsPlain(type.Name))
        {
            return false;
        }

        if (type.ContainingType is { } outer)
        {
            if (!Append(builder, outer))
            {
                return false;
            }

            builder.Append('.');
        }
        else if (!Append(builder, type.ContainingNamespace))
        {
            return false;
        }

        builder.Append(type.Name);
        return true;
    }

    private static bool Append(StringBuilder builder, INamespaceSymbol? space)
    {
        if (space is null or { IsGlobalNamespace: true })
        {
            return true;
        }

        if (!IsPlain(space.Name) || !Append(builder, space.ContainingNamespace))
        {
            return false;
        }

        builder.Append(space.Name).Append('.');
        return true;
    }

    private static bool IsPlain(string name) => name.Length > 0 && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None;

    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_String => "string",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_Object => "object",
        _ => null,
    };
}
