using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Analyzers.Retries;

/// <summary>A member that is part of a key.</summary>
/// <param name="Text">As the template names it: <c>Customer.Id</c>.</param>
/// <param name="Path">The symbols on the way to it: a parameter first where one is meant, then properties and fields.</param>
/// <param name="Type">Its type.</param>
internal sealed record KeyMember(string Text, ImmutableArray<ISymbol> Path, ITypeSymbol Type)
{
    /// <summary>What on the way may be null, by its declared type; <see langword="null"/> when nothing may. What validation asks for is there.</summary>
    public ISymbol? MayBeNull
    {
        get
        {
            foreach (var symbol in Path)
            {
                var type = TypeOf(symbol);
                if ((type.NullableAnnotation == NullableAnnotation.Annotated || !SymbolEqualityComparer.Default.Equals(WithoutNull(type), type)) && !IsRequired(symbol))
                {
                    return symbol;
                }
            }

            return null;
        }
    }

    /// <summary>The expression that a property has as its value when nothing else is said: its initializer, or what it returns without a setter.</summary>
    public ExpressionSyntax? Default => Path[Path.Length - 1] is IPropertySymbol { DeclaringSyntaxReferences: [var declaration] } && declaration.GetSyntax() is PropertyDeclarationSyntax property
        ? property.Initializer?.Value ?? property.ExpressionBody?.Expression ?? Getter(property)
        : null;

    /// <summary>Whether the default is a new text for every message: an identifier that is made up, chance, or the time.</summary>
    public bool IsMadeUp => Default is { } value && MakesUp(value);

    /// <summary>Whether the value is the same text for every message.</summary>
    public bool IsConstant => Default is LiteralExpressionSyntax literal && !literal.IsKind(SyntaxKind.NullLiteralExpression) && !literal.IsKind(SyntaxKind.DefaultLiteralExpression)
        && Path[Path.Length - 1] is IPropertySymbol { SetMethod: null } property && !IsSetByConstructor(property);

    /// <summary>The type that a nullable one is made of; other types themselves.</summary>
    public static ITypeSymbol WithoutNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => ((IParameterSymbol)symbol).Type,
    };

    private static bool IsRequired(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "RequiredAttribute")
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax? Getter(PropertyDeclarationSyntax property)
    {
        foreach (var accessor in property.AccessorList?.Accessors ?? default)
        {
            if (accessor.IsKind(SyntaxKind.GetAccessorDeclaration))
            {
                return accessor.ExpressionBody?.Expression ?? (accessor.Body?.Statements is [ReturnStatementSyntax { Expression: { } value }] ? value : null);
            }
        }

        return null;
    }

    private static bool MakesUp(ExpressionSyntax value)
    {
        foreach (var node in value.DescendantNodesAndSelf())
        {
            if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var of }
                && (name is "NewGuid" or "CreateVersion7" or "NewUlid" or "UtcNow" || (name == "Now" && of.ToString().EndsWith("DateTimeOffset", StringComparison.Ordinal)) || (name == "Now" && of.ToString().EndsWith("DateTime", StringComparison.Ordinal)) || of.ToString() == "Random.Shared"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSetByConstructor(IPropertySymbol property)
    {
        foreach (var constructor in property.ContainingType.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
