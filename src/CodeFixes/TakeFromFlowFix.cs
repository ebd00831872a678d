using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT720: takes the time or a new identifier from the engine, which gives the same one in every replay.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TakeFromFlowFix)), Shared]
public sealed class TakeFromFlowFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public TakeFromFlowFix()
        : base(RuleIdentifiers.NotReplayable)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var expression = node switch
        {
            ArgumentSyntax argument => argument.Expression,
            EqualsValueClauseSyntax initialiser => initialiser.Value,
            _ => node as ExpressionSyntax,
        };
        if (model is null || expression is null || WorkflowCode.FlowAt(expression, model, context.CancellationToken) is not { } flow
            || Replacement(model.GetSymbolInfo(expression, context.CancellationToken).Symbol, flow) is not { } text)
        {
            return;
        }

        OfferRoot(context, diagnostic, $"Use {text}", () => root.ReplaceNode(expression, SyntaxFactory.ParseExpression(text).WithTriviaFrom(expression)));
    }

    private static string? Replacement(ISymbol? symbol, string flow) => symbol?.ContainingType?.ToDisplayString() is not { } type ? null : (type, symbol.Name) switch
    {
        ("System.DateTimeOffset", "UtcNow") => $"{flow}.UtcNow",
        ("System.DateTime", "UtcNow") => $"{flow}.UtcNow.UtcDateTime",
        ("System.Guid", "NewGuid") => $"{flow}.NewGuid()",
        _ => null,
    };
}
