using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Portable.CodeFixes;

/// <summary>A client that a method makes, and how it becomes a field of its class.</summary>
internal sealed class KeptClient
{
    private readonly BaseObjectCreationExpressionSyntax _creation;
    private readonly TypeDeclarationSyntax _class;
    private readonly FieldDeclarationSyntax? _new;
    private readonly StatementSyntax? _declaration;
    private readonly IReadOnlyList<IdentifierNameSyntax> _uses;

    private KeptClient(
        BaseObjectCreationExpressionSyntax creation,
        TypeDeclarationSyntax containing,
        string field,
        FieldDeclarationSyntax? added,
        StatementSyntax? declaration,
        IReadOnlyList<IdentifierNameSyntax> uses)
    {
        _creation = creation;
        _class = containing;
        Field = field;
        _new = added;
        _declaration = declaration;
        _uses = uses;
    }

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>How the client becomes a field, or <see langword="null"/> where that would change what the code does.</summary>
    public static KeptClient? TryCreate(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetTypeInfo(creation, cancellationToken).Type is not INamedTypeSymbol type
            || creation.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } containing
            || containing is InterfaceDeclarationSyntax
            || model.GetDeclaredSymbol(containing, cancellationToken) is not { DeclaringSyntaxReferences.Length: 1 } symbol
            || !IsTheSameForEveryone(creation, model, cancellationToken))
        {
            return null;
        }

        StatementSyntax? declaration = null;
        IReadOnlyList<IdentifierNameSyntax> uses = [];
        switch (creation.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: StatementSyntax statement } } declarator }:
                if (UsesOf(declarator, statement, model, cancellationToken) is not { Count: > 0 } found || !CanBeTakenOut(statement))
                {
                    return null;
                }

                declaration = statement;
                uses = found;
                break;
            case MemberAccessExpressionSyntax or ArgumentSyntax:
                break;
            default:
                return null;
        }

        var initializer = SyntaxFactory.ParseExpression($"new{creation.ArgumentList?.ToString() ?? "()"}{(creation.Initializer is { } values ? " " + values : "")}");
        if (Existing(symbol, type, initializer, cancellationToken) is { } existing)
        {
            return new KeptClient(creation, containing, existing, null, declaration, uses);
        }

        var field = Unused(type.Name, symbol, creation);
        return new KeptClient(creation, containing, field, FieldOf(type, field, initializer, model, creation.SpanStart), declaration, uses);
    }

    /// <summary>The document with the field and without what made the client.</summary>
    public SyntaxNode Apply(SyntaxNode root)
    {
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        if (_declaration is null)
        {
            replaced[_creation] = Name().WithTriviaFrom(_creation);
        }

        foreach (var use in _uses)
        {
            replaced[use] = Name().WithTriviaFrom(use);
        }

        var nodes = replaced.Keys.Concat(_declaration is null ? [] : [_declaration]).Concat([_class]).ToArray();
        root = root.TrackNodes(nodes);
        foreach (var (node, by) in replaced.Select(static pair => (pair.Key, pair.Value)))
        {
            root = root.ReplaceNode(root.GetCurrentNode(node)!, by);
        }

        if (_declaration is not null)
        {
            var declaration = root.GetCurrentNode(_declaration)!;
            var block = (BlockSyntax)declaration.Parent!;
            root = root.ReplaceNode(block, TakenOut(block, declaration));
        }

        if (_new is not null)
        {
            var containing = root.GetCurrentNode(_class)!;
            root = root.ReplaceNode(containing, WithField(containing, _new));
        }

        return root;
    }

    private IdentifierNameSyntax Name() => SyntaxFactory.IdentifierName(Field);

    // What it is made with must be there before any invocation, and be the same for all: constants, static members, other new objects.
    private static bool IsTheSameForEveryone(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var node in creation.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { IsStatic: true, ContainingType: { Name: "TimeSpan", ContainingNamespace.Name: "System" } }:
                    break;
                case InvocationExpressionSyntax or AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax or AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax }:
                    return false;
                case SimpleNameSyntax name when !IsMemberOfOther(name):
                    switch (model.GetSymbolInfo(name, cancellationToken).Symbol)
                    {
                        case ILocalSymbol or IParameterSymbol or IRangeVariableSymbol:
                        case IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IEventSymbol { IsStatic: false } or IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary }:
                            return false;
                    }

                    break;
            }
        }

        return true;
    }

    // a.Name, and Name of an object initializer.
    private static bool IsMemberOfOther(SimpleNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        || (name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name);

    // Where the variable is used. Whoever configures or disposes a client does not share it.
    private static List<IdentifierNameSyntax>? UsesOf(VariableDeclaratorSyntax declarator, StatementSyntax statement, SemanticModel model, CancellationToken cancellationToken)
    {
        var local = model.GetDeclaredSymbol(declarator, cancellationToken);
        var uses = new List<IdentifierNameSyntax>();
        foreach (var name in (statement.Parent ?? statement).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == declarator.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, local))
            {
                var isCalled = name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: not ("Dispose" or "DisposeAsync") } access && access.Expression == name;
                var isHanded = name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: 0 };
                if (!isCalled && !isHanded)
                {
                    return null;
                }

                uses.Add(name);
            }
        }

        return uses;
    }

    private static bool CanBeTakenOut(StatementSyntax statement) => statement.Parent is BlockSyntax && statement switch
    {
        LocalDeclarationStatementSyntax => true,

        // Its block becomes part of the one around it, where its variables must not meet others.
        UsingStatementSyntax { Statement: BlockSyntax inner } => !inner.Statements.Any(static s => s is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax) || statement.Parent.ChildNodes().Last() == statement,
        UsingStatementSyntax { Statement: not UsingStatementSyntax } => true,
        _ => false,
    };

    private static BlockSyntax TakenOut(BlockSyntax block, StatementSyntax declaration)
    {
        var index = block.Statements.IndexOf(declaration);
        var inner = declaration is UsingStatementSyntax { Statement: var body }
            ? body is BlockSyntax { Statements: var statements } ? statements : SyntaxFactory.SingletonList(body)
            : default;
        var rest = block.Statements.RemoveAt(index).InsertRange(index, inner.Select(static s => s.WithAdditionalAnnotations(Formatter.Annotation)));

        // Comments and blank lines before the declaration go to what follows it.
        if (index < rest.Count && declaration.GetLeadingTrivia() is var leading && leading.Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
        {
            var next = rest[index];
            rest = rest.Replace(next, next.WithLeadingTrivia(leading.AddRange(next.GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia)))));
        }
        else if (index == 0 && rest.Count > 0)
        {
            rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(rest[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));
        }

        return block.WithStatements(rest);
    }

    private static string? Existing(INamedTypeSymbol symbol, INamedTypeSymbol type, ExpressionSyntax initializer, CancellationToken cancellationToken)
    {
        foreach (var member in symbol.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declared] } field
                && SymbolEqualityComparer.Default.Equals(field.Type, type)
                && declared.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
                && SyntaxFactory.AreEquivalent(Plain(value), Plain(initializer)))
            {
                return field.Name;
            }
        }

        return null;

        static SyntaxNode Plain(ExpressionSyntax value) => value is ObjectCreationExpressionSyntax made
            ? SyntaxFactory.ImplicitObjectCreationExpression(made.ArgumentList ?? SyntaxFactory.ArgumentList(), made.Initializer)
            : value;
    }

    private static string Unused(string type, INamedTypeSymbol symbol, SyntaxNode creation)
    {
        var name = "_" + char.ToLowerInvariant(type[0]) + type.Substring(1);
        var candidate = name;
        var taken = new HashSet<string>(creation.SyntaxTree.GetRoot().DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        for (var i = 2; taken.Contains(candidate) || !symbol.GetMembers(candidate).IsEmpty; i++)
        {
            candidate = name + i;
        }

        return candidate;
    }

    private static FieldDeclarationSyntax FieldOf(INamedTypeSymbol type, string name, ExpressionSyntax initializer, SemanticModel model, int position) =>
        ((FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"private static readonly {type.ToMinimalDisplayString(model, position)} {name} = {initializer};")!)
        .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
        .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);

    private static TypeDeclarationSyntax WithField(TypeDeclarationSyntax containing, FieldDeclarationSyntax field)
    {
        if (containing.Members.Count == 0)
        {
            return containing.AddMembers(field);
        }

        // After the constants and static fields that are there, else first, with a blank line to what is no field.
        var index = 0;
        while (index < containing.Members.Count && containing.Members[index] is FieldDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(static m => m.IsKind(SyntaxKind.ConstKeyword) || m.IsKind(SyntaxKind.StaticKeyword)))
        {
            index++;
        }

        if (index < containing.Members.Count && containing.Members[index] is var next)
        {
            if (next is not FieldDeclarationSyntax && !next.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            {
                containing = containing.ReplaceNode(next, next.WithLeadingTrivia(next.GetLeadingTrivia().Insert(0, SyntaxFactory.ElasticLineFeed)));
            }
        }

        return containing.WithMembers(containing.Members.Insert(index, field));
    }
}
