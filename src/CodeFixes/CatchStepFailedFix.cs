using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT709: catches <c>StepFailed</c> where a clause catches everything.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CatchStepFailedFix)), Shared]
public sealed class CatchStepFailedFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public CatchStepFailedFix()
        : base(RuleIdentifiers.UnsupportedCatch)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // A clause for another exception means something that a code would have to say.
        if (node.FirstAncestorOrSelf<CatchClauseSyntax>() is { } clause && clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception")
        {
            var type = SyntaxFactory.IdentifierName("StepFailed");
            OfferRoot(context, diagnostic, "Catch StepFailed", () => clause.Declaration is { } declaration
                ? root.ReplaceNode(declaration.Type, type.WithTriviaFrom(declaration.Type))
                : root.ReplaceNode(clause, clause
                    .WithCatchKeyword(clause.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithDeclaration(SyntaxFactory.CatchDeclaration(type).WithTrailingTrivia(clause.CatchKeyword.TrailingTrivia))));
        }

        return Task.CompletedTask;
    }
}
