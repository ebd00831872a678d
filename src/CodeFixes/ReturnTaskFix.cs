using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT105: lets an <c>async void</c> method return a task, and awaits it where it is called. Only where every caller is seen and can wait.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnTaskFix)), Shared]
public sealed class ReturnTaskFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public ReturnTaskFix()
        : base(RuleIdentifiers.AsyncVoid)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var (type, name, scope) = node switch
        {
            LocalFunctionStatementSyntax function => (function.ReturnType, function.Identifier.ValueText, function.Parent),
            MethodDeclarationSyntax method when IsPrivate(method) => (method.ReturnType, method.Identifier.ValueText, method.Parent),
            _ => default,
        };
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (type is null || scope is null || model?.GetDeclaredSymbol(node, context.CancellationToken) is not IMethodSymbol symbol)
        {
            return;
        }

        var calls = new List<SyntaxNode>();
        foreach (var use in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, context.CancellationToken).Symbol?.OriginalDefinition, symbol.OriginalDefinition))
            {
                continue;
            }

            var called = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? (ExpressionSyntax)access : use;
            if (called.Parent is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call || !AwaitWorkFix.MayAwait(call))
            {
                return; // a caller that cannot wait, or a use as a delegate
            }

            calls.Add(call);
        }

        OfferRoot(context, diagnostic, $"Let '{name}' return a Task", () => root.ReplaceNodes(calls.Append(type), (before, now) => before == type
            ? SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithTriviaFrom(now).WithAdditionalAnnotations(Simplifier.Annotation)
            : SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), ((ExpressionSyntax)now).WithoutTrivia()).WithTriviaFrom(now)));
    }

    // Others than the class itself do not call it, and nothing says what it must return. A partial class has other files.
    private static bool IsPrivate(MethodDeclarationSyntax method) => method.ExplicitInterfaceSpecifier is null
        && !method.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword) || modifier.IsKind(SyntaxKind.PartialKeyword) || modifier.IsKind(SyntaxKind.OverrideKeyword))
        && method.Parent is TypeDeclarationSyntax type && !type.Modifiers.Any(SyntaxKind.PartialKeyword);
}
