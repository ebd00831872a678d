using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Reading;

namespace Portable.CodeFixes;

/// <summary>PORT603: states the timeout that an inference has anyway, so that it is seen and thought about.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddInferenceTimeoutFix)), Shared]
public sealed class AddInferenceTimeoutFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddInferenceTimeoutFix()
        : base(RuleIdentifiers.InferenceWithoutTimeout)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList: { Arguments.Count: > 0 } list })
        {
            return Task.CompletedTask;
        }

        OfferRoot(context, diagnostic, $"State TimeoutSeconds = {InferenceParser.DefaultTimeoutSeconds}", () =>
        {
            var value = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(InferenceParser.DefaultTimeoutSeconds));
            foreach (var stated in list.Arguments)
            {
                if (stated.NameEquals?.Name.Identifier.ValueText == "TimeoutSeconds")
                {
                    return root.ReplaceNode(stated.Expression, value.WithTriviaFrom(stated.Expression));
                }
            }

            var argument = SyntaxFactory.AttributeArgument(value).WithNameEquals(SyntaxFactory.NameEquals(
                SyntaxFactory.IdentifierName("TimeoutSeconds").WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)));
            return root.ReplaceNode(list, list.WithArguments(SyntaxFactory.SeparatedList(
                [.. list.Arguments, argument],
                [.. list.Arguments.GetSeparators(), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)])));
        });
        return Task.CompletedTask;
    }
}
