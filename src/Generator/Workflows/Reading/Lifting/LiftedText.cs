using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Writes an expression so that it means the same in an emitted file: types and static members with all their names, extension methods
/// as the static ones they are, constants as their values.
/// </summary>
internal sealed class LiftedText(SemanticModel semantics, IReadOnlyDictionary<SyntaxNode, string> values, CancellationToken cancellationToken) : CSharpSyntaxRewriter
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private readonly PrivateAccess _private = new(semantics.Compilation);

    /// <summary>Why it cannot be written.</summary>
    public string? Problem { get; private set; }

    /// <summary>Local functions that give access to what is private.</summary>
    public IReadOnlyList<string> Functions => _private.Declarations;

    public string Write(IOperation operation)
    {
        if (operation.Syntax.ContainsDirectives)
        {
            Problem ??= "contains preprocessor directives: put the code into a step";
        }

        return operation switch
        {
            ICompoundAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment } =>
                InContext(assignment, $"({TypeText(operation.Type!)})({Text(assignment.Left)} {assignment.OperatorToken.Text.TrimEnd('=')} ({Text(assignment.Right)}))"),
            IIncrementOrDecrementOperation increment =>
                InContext(increment.Syntax, $"({TypeText(operation.Type!)})({Text(increment.Target.Syntax)} {(increment.Kind == OperationKind.Increment ? "+" : "-")} 1)"),
            _ => InContext(operation.Syntax, Text(operation.Syntax)),
        };
    }

    // Whether arithmetic is checked stands outside of it.
    private static string InContext(SyntaxNode node, string text)
    {
        foreach (var outer in node.Ancestors().TakeWhile(static outer => outer is not MemberDeclarationSyntax))
        {
            switch (outer.Kind())
            {
                case SyntaxKind.CheckedExpression or SyntaxKind.CheckedStatement:
                    return $"checked({text})";
                case SyntaxKind.UncheckedExpression or SyntaxKind.UncheckedStatement:
                    return $"unchecked({text})";
            }
        }

        return text;
    }

    private string Text(SyntaxNode node)
    {
        var text = new StringBuilder();
        foreach (var token in Visit(node)!.DescendantTokens())
        {
            if (token.LeadingTrivia.FullSpan.Length > 0)
            {
                Space(text);
            }

            text.Append(token.Text);
            if (token.TrailingTrivia.FullSpan.Length > 0)
            {
                Space(text);
            }

            if (token.Text.Contains('\n'))
            {
                Problem ??= "contains an interpolated text of several lines: put the code into a step";
            }
        }

        return text.ToString().Trim();
    }

    private static void Space(StringBuilder text)
    {
        if (text.Length > 0 && text[text.Length - 1] != ' ')
        {
            text.Append(' ');
        }
    }

    public override SyntaxNode? Visit(SyntaxNode? node) =>
        node is not null && values.TryGetValue(node, out var name) ? Parsed(name, node) : base.Visit(node);

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (semantics.GetConstantValue(node, cancellationToken) is { HasValue: true, Value: { } constant } && Constant(constant) is { } literal)
        {
            return Parsed(literal, node); // nameof
        }

        if (Symbol(node) is IMethodSymbol { IsStatic: true, ReducedFrom: null } own && _private.Call(own, node) is { } accessor)
        {
            var given = (ArgumentListSyntax)Visit(node.ArgumentList)!;
            return Parsed($"{accessor}(null{string.Concat(given.Arguments.Select(static argument => argument.WithoutTrivia().ToString()).Concat(PrivateAccess.Omitted(own, given.Arguments.Count)).Select(static argument => ", " + argument))})", node);
        }

        if (Symbol(node) is not IMethodSymbol { ReducedFrom: { } extension })
        {
            return base.VisitInvocationExpression(node);
        }

        if (node.Expression is not MemberAccessExpressionSyntax access)
        {
            Problem ??= $"calls '{extension.Name}' after '?.': check with 'is not null' first";
            return node;
        }

        Check(extension);
        var name = (SimpleNameSyntax)Named(access.Name);
        var receiver = SyntaxFactory.Argument((ExpressionSyntax)Visit(access.Expression)!.WithoutTrivia());
        var arguments = (ArgumentListSyntax)Visit(node.ArgumentList)!;
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression($"{TypeText(extension.ContainingType)}.{name.WithoutTrivia()}"),
            arguments.WithArguments(SyntaxFactory.SeparatedList(
                new[] { receiver }.Concat(arguments.Arguments.Select(static argument => argument.WithLeadingTrivia(SyntaxFactory.Space)))))).WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) =>
        node.Token.Text.Contains('\n') ? Parsed(SymbolDisplay.FormatLiteral(node.Token.ValueText, quote: true), node) : node;

    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) =>
        Replacement(node) ?? node.WithExpression((ExpressionSyntax)Visit(node.Expression)!).WithName((SimpleNameSyntax)Named(node.Name));

    public override SyntaxNode? VisitMemberBindingExpression(MemberBindingExpressionSyntax node) => node.WithName((SimpleNameSyntax)Named(node.Name));

    public override SyntaxNode? VisitQualifiedName(QualifiedNameSyntax node) => Replacement(node) ?? node;

    public override SyntaxNode? VisitAliasQualifiedName(AliasQualifiedNameSyntax node) => Replacement(node) ?? node;

    public override SyntaxNode? VisitNameColon(NameColonSyntax node) => node;

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => Replacement(node) ?? Static(node, node) ?? node;

    public override SyntaxNode? VisitGenericName(GenericNameSyntax node) => Replacement(node) ?? Static(node, Named(node)) ?? Named(node);

    // The type arguments of a name whose own meaning is settled.
    private SyntaxNode Named(SimpleNameSyntax name)
    {
        Check(Symbol(name));
        return name is GenericNameSyntax generic ? generic.WithTypeArgumentList((TypeArgumentListSyntax)Visit(generic.TypeArgumentList)!) : name;
    }

    private SyntaxNode? Replacement(ExpressionSyntax node)
    {
        switch (Symbol(node))
        {
            case IFieldSymbol field when _private.Read(field) is { } read:
                return Parsed($"{read}(null)", node);

            case ITypeSymbol type when node is not IdentifierNameSyntax { IsVar: true }:
                Check(type.OriginalDefinition);
                return SyntaxFactory.ParseTypeName(TypeText(type)).WithTriviaFrom(node);

            case ILocalSymbol { IsConst: true, ConstantValue: { } value } when Constant(value) is { } literal:
                return Parsed(literal, node);

            case IFieldSymbol { IsConst: true, ConstantValue: { } value, ContainingType.TypeKind: not TypeKind.Enum } field when field.DeclaringSyntaxReferences.Length > 0 && Constant(value) is { } literal:
                return field.Type.TypeKind == TypeKind.Enum ? Parsed($"({TypeText(field.Type)}){literal}", node) : Parsed(literal, node);

            default:
                return null;
        }
    }

    // A member by its name alone: of the workflow's class, or of one that the file is "using static".
    private SyntaxNode? Static(SimpleNameSyntax node, SyntaxNode name)
    {
        if (Symbol(node) is not { IsStatic: true, Kind: SymbolKind.Method or SymbolKind.Property or SymbolKind.Field, ContainingType: { } owner } symbol)
        {
            return null;
        }

        Check(symbol);
        return Parsed($"{TypeText(owner)}.{name.WithoutTrivia()}", node);
    }

    private ISymbol? Symbol(SyntaxNode node) => semantics.GetSymbolInfo(node, cancellationToken).Symbol;

    private void Check(ISymbol? symbol)
    {
        if (symbol is (IMethodSymbol or IPropertySymbol or IFieldSymbol or INamedTypeSymbol)
            && !semantics.Compilation.IsSymbolAccessibleWithin(symbol is IMethodSymbol method ? method.OriginalDefinition : symbol, semantics.Compilation.Assembly))
        {
            Problem ??= $"uses '{symbol.Name}', which emitted code cannot see: make it internal or public, or put the code into a step";
        }
    }

    private static ExpressionSyntax Parsed(string text, SyntaxNode like) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(like);

    private static string TypeText(ITypeSymbol type) => type.ToDisplayString(Qualified);

    /// <summary>A constant as C#; <see langword="null"/> when it has no literal.</summary>
    public static string? Constant(object value)
    {
        var text = value switch
        {
            string or char or bool => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
            uint => ((uint)value).ToString(CultureInfo.InvariantCulture) + "U",
            long => ((long)value).ToString(CultureInfo.InvariantCulture) + "L",
            ulong => ((ulong)value).ToString(CultureInfo.InvariantCulture) + "UL",
            decimal => ((decimal)value).ToString(CultureInfo.InvariantCulture) + "M",
            double number when !double.IsNaN(number) && !double.IsInfinity(number) => number.ToString("R", CultureInfo.InvariantCulture) + "D",
            float number when !float.IsNaN(number) && !float.IsInfinity(number) => number.ToString("R", CultureInfo.InvariantCulture) + "F",
            sbyte or byte or short or ushort or int => Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return text?.StartsWith("-", StringComparison.Ordinal) == true ? $"({text})" : text;
    }
}
