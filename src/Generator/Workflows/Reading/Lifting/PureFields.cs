using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Static fields that have one value for ever, and the expression that gives it.</summary>
internal static class PureFields
{
    /// <summary>The expression that a static readonly field gets its value from; <see langword="null"/> when the value may change, or come from elsewhere.</summary>
    public static IOperation? ValueOf(IFieldSymbol field, Compilation compilation, CancellationToken cancellationToken)
    {
        if (field is not { IsStatic: true, IsReadOnly: true } || !IsFixed(field, cancellationToken))
        {
            return null;
        }

        foreach (var reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value })
            {
                return compilation.GetSemanticModel(value.SyntaxTree).GetOperation(value, cancellationToken);
            }
        }

        return null;
    }

    private static bool IsFixed(IFieldSymbol field, CancellationToken cancellationToken) =>
        IsImmutable(field.Type) || (field.DeclaredAccessibility == Accessibility.Private && field.Type is IArrayTypeSymbol or INamedTypeSymbol { Name: "List" or "Dictionary" or "HashSet" } && IsOnlyRead(field, cancellationToken));

    private static bool IsImmutable(ITypeSymbol type) =>
        type is { IsValueType: true } or { SpecialType: SpecialType.System_String } or { IsRecord: true }
        || type is INamedTypeSymbol { Name: "IReadOnlyList" or "IReadOnlyCollection" or "IReadOnlyDictionary" or "IReadOnlySet" or "IEnumerable" or "Regex" or "Uri" or "Version" }
        || (type is INamedTypeSymbol named && (named.Name.StartsWith("Immutable", StringComparison.Ordinal) || named.Name.StartsWith("Frozen", StringComparison.Ordinal)));

    // By name: where the field is private, every use is in the type.
    private static bool IsOnlyRead(IFieldSymbol field, CancellationToken cancellationToken) =>
        field.ContainingType.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name).All(IsRead));

    private static bool IsRead(IdentifierNameSyntax name)
    {
        ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax qualified && qualified.Name == name ? qualified : name;
        return use.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call => call.Name.Identifier.ValueText is "Contains" or "ContainsKey" or "ContainsValue" or "TryGetValue" or "IndexOf" or "Any" or "All" or "Count"
                or "First" or "FirstOrDefault" or "Last" or "Select" or "Where" or "Sum" or "Min" or "Max" or "ToList" or "ToArray" or "OrderBy" or "Exists" or "Find" or "GetValueOrDefault" or "SequenceEqual",
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText is "Length" or "Count" or "Keys" or "Values",
            ElementAccessExpressionSyntax element => element.Parent is not (AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or RefExpressionSyntax)
                || (element.Parent is AssignmentExpressionSyntax assignment && assignment.Right == element),
            ForEachStatementSyntax or SpreadElementSyntax => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "string" or "String" }, Name.Identifier.ValueText: "Join" } } } => true,
            _ => false,
        };
    }
}
