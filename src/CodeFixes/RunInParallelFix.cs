using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT705: turns <c>Task.WhenAll</c> of steps into <c>flow.Parallel</c> of branches.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RunInParallelFix)), Shared]
public sealed class RunInParallelFix : PortableFix
{
    private const int MostBranches = 10;

    /// <summary>Creates the fix.</summary>
    public RunInParallelFix()
        : base(RuleIdentifiers.ForeignAwait)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);

        // With its results in an array, the statement around it would change too.
        if (model is null || node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { Parent: ExpressionStatementSyntax, Expression: InvocationExpressionSyntax call }
            || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { Name: "WhenAll", ContainingType.Name: "Task" }
            || call.ArgumentList.Arguments.Count is < 2 or > MostBranches)
        {
            return;
        }

        var flows = new HashSet<string>(StringComparer.Ordinal);
        var branches = new List<ArgumentSyntax>();
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Step", Expression: IdentifierNameSyntax flow } access } step
                || model.GetTypeInfo(flow, context.CancellationToken).Type?.Name != "IWorkflow")
            {
                return;
            }

            flows.Add(flow.Identifier.ValueText);
            branches.Add(argument.WithExpression(step.WithExpression(access.WithName(SyntaxFactory.IdentifierName("Branch").WithTriviaFrom(access.Name)))));
        }

        if (flows.Count == 1)
        {
            OfferRoot(context, diagnostic, $"Run the steps with {flows.Single()}.Parallel", () => root.ReplaceNode(
                call,
                call.WithExpression(SyntaxFactory.ParseExpression($"{flows.Single()}.Parallel").WithTriviaFrom(call.Expression))
                    .WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(branches, call.ArgumentList.Arguments.GetSeparators())))));
        }
    }
}
