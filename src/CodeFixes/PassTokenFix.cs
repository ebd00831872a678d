using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Analyzers.Limits;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT409: passes the function's token on to a call that takes one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTokenFix)), Shared]
public sealed class PassTokenFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public PassTokenFix()
        : base(RuleIdentifiers.ExternalCallTime)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(ExternalCallTimeAnalyzer.TokenProperty, out var token) || token is null
            || !diagnostic.Properties.TryGetValue("Parameter", out var parameter) || parameter is null)
        {
            return; // a timeout is for its author to decide
        }

        if (node.FirstAncestorOrSelf<ArgumentSyntax>() is { } argument && argument.Expression.Span == diagnostic.Location.SourceSpan)
        {
            OfferRoot(context, diagnostic, $"Pass '{token}'", () => root.ReplaceNode(argument.Expression, SyntaxFactory.ParseExpression(token).WithTriviaFrom(argument.Expression)));
            return;
        }

        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList: { } list } call)
        {
            return;
        }

        // Before the offer: the call must still mean a method of that name when the token is there.
        foreach (var name in new[] { null, parameter })
        {
            var added = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
            added = name is null ? added : added.WithNameColon(SyntaxFactory.NameColon(name).WithTrailingTrivia(SyntaxFactory.Space));
            var arguments = SyntaxFactory.SeparatedList<ArgumentSyntax>(list.Arguments.GetWithSeparators().AddRange(
                list.Arguments.Count == 0 ? [added] : [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), (SyntaxNodeOrToken)added]));
            var changed = call.WithArgumentList(list.WithArguments(arguments));
            if (model.GetSpeculativeSymbolInfo(call.SpanStart, changed, SpeculativeBindingOption.BindAsExpression).Symbol is not null)
            {
                OfferRoot(context, diagnostic, $"Pass '{token}'", () => root.ReplaceNode(call, changed));
                return;
            }
        }
    }
}
