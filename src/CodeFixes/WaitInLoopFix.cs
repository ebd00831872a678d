using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT734: waits a minute at the end of every round.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WaitInLoopFix)), Shared]
public sealed class WaitInLoopFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public WaitInLoopFix()
        : base(RuleIdentifiers.LoopWithoutWait)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var body = node switch
        {
            WhileStatementSyntax loop => loop.Statement,
            DoStatementSyntax loop => loop.Statement,
            ForStatementSyntax loop => loop.Statement,
            _ => null,
        };
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        // A last statement that leaves the round would leave the wait behind, too.
        if (body is not BlockSyntax { Statements: [.., { } last] } block || last is ContinueStatementSyntax or BreakStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax
            || model is null || WorkflowCode.FlowAt(block, model, context.CancellationToken) is not { } flow)
        {
            return;
        }

        // TimeSpan needs no using of its own where the file has one, or the project has global ones.
        var time = model.LookupNamespacesAndTypes(last.SpanStart, name: "TimeSpan").IsEmpty ? "System.TimeSpan" : "TimeSpan";
        OfferRoot(context, diagnostic, $"Wait a minute between rounds with {flow}.Delay", () => root.ReplaceNode(block, block.AddStatements(
            SyntaxFactory.ParseStatement($"await {flow}.Delay({time}.FromMinutes(1));")
                .WithLeadingTrivia(last.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(last.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))))));
    }
}
