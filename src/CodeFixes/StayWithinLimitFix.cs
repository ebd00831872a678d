using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Analyzers.Limits;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT401, PORT402 and PORT403: asks for what every targeted cloud gives.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StayWithinLimitFix)), Shared]
public sealed class StayWithinLimitFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public StayWithinLimitFix()
        : base(RuleIdentifiers.TimeLimit, RuleIdentifiers.MemoryLimit, RuleIdentifiers.BatchLimit)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // A constant of a name may be meant for others too.
        if (diagnostic.Properties.TryGetValue(CloudLimitAnalyzer.ValueProperty, out var value) && int.TryParse(value, out var number)
            && node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: { } name, Expression: LiteralExpressionSyntax literal })
        {
            OfferRoot(context, diagnostic, $"Ask for {name.Name.Identifier.Text} = {value}", () => root.ReplaceNode(
                literal, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number)).WithTriviaFrom(literal)));
        }

        return Task.CompletedTask;
    }
}
