using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT104: awaits work where it is started, in code that is asynchronous already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitWorkFix)), Shared]
public sealed class AwaitWorkFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AwaitWorkFix()
        : base(RuleIdentifiers.FireAndForget)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var expression = node as ExpressionSyntax ?? (node as ExpressionStatementSyntax)?.Expression;
        var work = expression is AssignmentExpressionSyntax { Right: { } right } ? right : expression;
        if (work is InvocationExpressionSyntax && MayAwait(expression!))
        {
            OfferRoot(context, diagnostic, "Await it", () => root.ReplaceNode(
                expression!,
                SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), work.WithoutTrivia()).WithTriviaFrom(expression!)));
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether <c>await</c> may stand where an expression does.</summary>
    internal static bool MayAwait(SyntaxNode expression)
    {
        foreach (var outer in expression.Ancestors())
        {
            switch (outer)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or CatchFilterClauseSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MemberDeclarationSyntax member:
                    return member.Modifiers.Any(SyntaxKind.AsyncKeyword);
                default:
                    break;
            }
        }

        return false;
    }
}
