using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT209: throws what was caught after it was told, so that the message is tried again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThrowAgainFix)), Shared]
public sealed class ThrowAgainFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public ThrowAgainFix()
        : base(RuleIdentifiers.SwallowedFailure)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // A batch that can name its failed messages should do that: thrown, all of it is delivered again.
        if (node.FirstAncestorOrSelf<CatchClauseSyntax>() is { } clause
            && clause.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && !method.ReturnType.ToString().Contains("BatchResult")
            && ThrowsAgain(clause) is { } changed)
        {
            OfferRoot(context, diagnostic, "Throw it again", () => root.ReplaceNode(clause, changed));
        }

        return Task.CompletedTask;
    }

    private static CatchClauseSyntax? ThrowsAgain(CatchClauseSyntax clause)
    {
        var statements = clause.Block.Statements;
        var rest = statements.LastOrDefault() is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax ? statements.Count - 1 : statements.Count;
        for (var i = 0; i < rest; i++)
        {
            // A way out further up may be meant for a case of its own.
            if (statements[i].DescendantNodesAndSelf().Any(static inner => inner is ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or GotoStatementSyntax))
            {
                return null;
            }
        }

        var again = SyntaxFactory.ThrowStatement().WithAdditionalAnnotations(Formatter.Annotation);
        if (rest < statements.Count)
        {
            return clause.WithBlock(clause.Block.WithStatements(statements.Replace(statements[rest], again.WithTriviaFrom(statements[rest]))));
        }

        // On a line of its own, also in a block that holds nothing or stands on one line.
        var block = clause.Block;
        var newLine = block.OpenBraceToken.TrailingTrivia.FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        again = again.WithTrailingTrivia(newLine.IsKind(SyntaxKind.EndOfLineTrivia) ? newLine : SyntaxFactory.Space);
        return clause.WithBlock(block.WithStatements(statements.Add(again)));
    }
}
