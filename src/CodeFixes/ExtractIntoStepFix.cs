using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>
/// PORT704, PORT721: moves an expression that no engine computes into a step. Offered when the expression reads one value at most, since a step
/// takes one payload, and is computed whenever its statement is reached.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExtractIntoStepFix)), Shared]
public sealed class ExtractIntoStepFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public ExtractIntoStepFix()
        : base(RuleIdentifiers.UnsupportedExpression, RuleIdentifiers.LiftingForbidden)
    {
    }

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null; // each step deserves a name

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var expression = node switch
        {
            ArgumentSyntax argument => argument.Expression,
            EqualsValueClauseSyntax initialiser => initialiser.Value,
            _ => node as ExpressionSyntax,
        };
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (expression is null || model is null || StepExtraction.TryPlan(expression, model, context.CancellationToken) is not { } plan)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Extract '{Shorten(expression)}' into a step",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(Apply(root, plan))),
                nameof(ExtractIntoStepFix)),
            diagnostic);
    }

    private static string Shorten(ExpressionSyntax expression)
    {
        var text = string.Join(" ", expression.ToString().Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 39) + "…";
    }

    private static SyntaxNode Apply(SyntaxNode root, StepExtraction plan)
    {
        root = root.TrackNodes(plan.Statement, plan.Expression, plan.Workflow);
        var call = SyntaxFactory.ParseExpression(plan.Call);
        if (plan.IsWholeInitialiser)
        {
            root = root.ReplaceNode(root.GetCurrentNode(plan.Expression)!, call.WithTriviaFrom(plan.Expression));
        }
        else
        {
            root = root.ReplaceNode(root.GetCurrentNode(plan.Expression)!, SyntaxFactory.IdentifierName(plan.Local).WithTriviaFrom(plan.Expression));
            var local = SyntaxFactory.ParseStatement($"var {plan.Local} = {plan.Call};")
                .WithLeadingTrivia(plan.Statement.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
            var statement = root.GetCurrentNode(plan.Statement)!;
            root = root.InsertNodesBefore(statement, [local]);
            statement = root.GetCurrentNode(plan.Statement)!;
            root = root.ReplaceNode(statement, statement.WithLeadingTrivia(statement.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia))));
        }

        var step = SyntaxFactory.ParseMemberDeclaration(plan.Step)!.WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
        return root.InsertNodesAfter(root.GetCurrentNode(plan.Workflow)!, [step]);
    }
}
